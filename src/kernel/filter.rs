//! What the filters of lists have in common: one step a field, each leaving the list as it is where the field was not given.
use async_graphql::ID;
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, Select, Value,
    sea_query::{Alias, Expr, IntoCondition},
};

use crate::{
    access::Visible,
    base::{Kind, Moment, Result, text::fold},
    relay::{LanguageTag, Refs},
    store::{Join, Reader},
};

/// A list that is being narrowed.
pub struct Narrowed<'r, E: Visible> {
    reader: &'r Reader,
    select: Select<E>,
}

impl<'r, E: Visible> Narrowed<'r, E> {
    /// All rows that the reader's viewer sees.
    pub fn of(reader: &'r Reader) -> Self {
        Self { reader, select: reader.rows::<E>() }
    }

    /// Those for which this holds.
    pub fn such(mut self, condition: impl IntoCondition) -> Self {
        self.select = self.select.filter(condition);
        self
    }

    /// Those for which what was given asks for.
    pub fn given<V, C: IntoCondition>(self, given: Option<V>, condition: impl FnOnce(V) -> C) -> Self {
        match given {
            Some(value) => self.such(condition(value)),
            None => self,
        }
    }

    /// Those whose column has one of these values.
    pub fn among<V: Clone + Into<Value>>(self, column: E::Column, values: Option<&Vec<V>>) -> Self {
        self.given(values, |values| column.is_in(values.iter().cloned()))
    }

    /// Those whose column names one of these things, by id or slug.
    pub fn named<T: Kind>(self, column: E::Column, field: &str, list: Option<&Vec<ID>>) -> Result<Self> {
        let refs = self.refs::<T>(field, list)?;
        Ok(self.given(refs, |refs| refs.condition(column)))
    }

    /// Those that a join links to one of these things, by id or slug.
    pub fn linked<T: Kind>(self, join: &'static Join, field: &str, list: Option<&Vec<ID>>) -> Result<Self> {
        let refs = self.refs::<T>(field, list)?;
        Ok(self.given(refs, |refs| Self::id_in(join.lefts_among(refs.select()))))
    }

    /// Those that a join links to one of these things or to what stands below it, by id or slug.
    pub fn below<T: Kind>(self, join: &'static Join, field: &str, list: Option<&Vec<ID>>) -> Result<Self> {
        let refs = self.refs::<T>(field, list)?;
        Ok(self.given(refs, |refs| Self::id_in(join.lefts_among(refs.subtree()))))
    }

    /// Of a tree: those that are one of these things or stand below one, by id or slug.
    pub fn within<T: Kind>(self, field: &str, list: Option<&Vec<ID>>) -> Result<Self> {
        let refs = self.refs::<T>(field, list)?;
        Ok(self.given(refs, |refs| Self::id_in(refs.subtree())))
    }

    /// Those whose text is in one of these languages.
    pub fn languages(self, column: E::Column, languages: Option<&Vec<LanguageTag>>) -> Self {
        self.given(languages, |languages| column.is_in(languages.iter().map(|tag| tag.0.clone())))
    }

    /// Those whose folded column has this text in it, whatever the accents and case.
    pub fn with_text(self, column: E::Column, text: Option<&String>) -> Self {
        self.given(text, |text| column.like(format!("%{}%", fold(text.trim()).replace(['%', '_', '\\'], " "))))
    }

    /// Those whose moment lies in one of these years; a list in which no year is one finds nothing.
    pub fn in_years(self, column: E::Column, years: Option<&Vec<i64>>) -> Self {
        self.given(years, |years| {
            let spans = years.iter().filter_map(|year| span(*year));
            let any =
                spans.fold(Condition::any(), |any, (start, end)| any.add(Condition::all().add(column.gte(start)).add(column.lt(end))));
            if any.is_empty() { any.add(Expr::cust("1 = 0")) } else { any }
        })
    }

    /// What is left.
    pub fn end(self) -> Select<E> {
        self.select
    }

    /// Things that a field of the filter names.
    pub fn refs<T: Kind>(&self, field: &str, list: Option<&Vec<ID>>) -> Result<Option<Refs>> {
        list.map(|list| Refs::parse::<T>(self.reader, list, &format!("filter.{field}"))).transpose()
    }

    /// Whose id a statement finds.
    pub fn id_in(found: sea_orm::sea_query::SelectStatement) -> Expr {
        sea_orm::sea_query::ExprTrait::in_subquery(Expr::col((E::default(), Alias::new("id"))), found)
    }
}

/// A year's first moment and the next one's; none where the calendar has no such year.
fn span(year: i64) -> Option<(Moment, Moment)> {
    let start = |year: i64| Some(Moment::of_day(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?));
    Some((start(year)?, start(year + 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_where_the_next_begins() {
        let (begins, ends) = span(2018).expect("a year");
        assert_eq!(begins.rfc3339(), "2018-01-01T00:00:00Z");
        assert_eq!(span(2019).map(|(begins, _)| begins), Some(ends));
        assert_eq!(span(i64::from(i16::MAX)), None);
        assert_eq!(span(i64::MAX - 1), None);
    }
}
