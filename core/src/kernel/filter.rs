//! Filters of lists: each field is declared once, with its sentence, its type and the rows it leaves.
use std::cell::RefCell;

use async_graphql::ID;
use jiff::civil::Date;
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, QueryFilter, Select, Value,
    sea_query::{Alias, Expr, ExprTrait, IntoCondition, LikeExpr, SelectStatement},
};

use crate::{
    access::Visible,
    base::{
        Kind, Moment, Result,
        text::{camel, fold},
    },
    relay::{LanguageTag, Refs},
    store::{Join, Reader, condition::differs},
};

/// Rows that are being narrowed by the fields of a filter.
pub struct Narrowed<'r, E: Visible> {
    reader: &'r Reader,
    select: Select<E>,
    /// The field that narrows them now, as records have it: `opens_between`.
    field: &'static str,
    /// What fields have named so far, each with its place for refusals.
    refs: RefCell<Vec<(Refs, String)>>,
}

/// A filter of a list.
pub trait Narrows<E: Visible> {
    /// The rows it leaves.
    fn narrow<'r>(&self, rows: Narrowed<'r, E>) -> Result<Narrowed<'r, E>>;
}

/// Declares a filter: each line is a field of the input with what it says, its type, and the rows it leaves where it is given.
#[macro_export]
macro_rules! filter {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$said:meta])* $field:ident: $of:ty = |$rows:ident, $given:ident| $left:expr),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, async_graphql::InputObject)]
        pub struct $name {
            $($(#[$said])* pub $field: Option<$of>,)*
        }
        impl $crate::kernel::filter::Narrows<Entity> for $name {
            fn narrow<'r>(&self, rows: $crate::kernel::Narrowed<'r, Entity>) -> $crate::base::Result<$crate::kernel::Narrowed<'r, Entity>> {
                $(let rows = match &self.$field {
                    Some($given) => {
                        let $rows = rows.by_field(stringify!($field));
                        $left
                    }
                    None => rows,
                };)*
                Ok(rows)
            }
        }
    };
}

impl<'r, E: Visible> Narrowed<'r, E> {
    /// All rows that the reader's viewer sees.
    pub fn of(reader: &'r Reader) -> Self {
        Self { reader, select: reader.rows::<E>(), field: "", refs: RefCell::default() }
    }

    /// The same, of which this field asks now.
    pub fn by_field(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    /// The place of the field that asks, for refusals.
    pub fn path(&self) -> String {
        format!("filter.{}", camel(self.field))
    }

    /// Today, by UTC.
    pub fn today(&self) -> Date {
        self.reader.now().day()
    }

    /// Those for which this holds.
    pub fn such(mut self, condition: impl IntoCondition) -> Self {
        self.select = self.select.filter(condition);
        self
    }

    /// Those that are not in this last state, unless the filter asks for states.
    pub fn standing(self, asked: Option<&Vec<impl Sized>>, column: E::Column, gone: impl ActiveEnum<Value = String>) -> Self {
        if asked.is_some() { self } else { self.such(differs(column, gone)) }
    }

    /// The same, where the condition may refuse what the field asks for; it is handed the field's place.
    pub fn such_at<C: IntoCondition>(self, condition: impl FnOnce(&str) -> Result<C>) -> Result<Self> {
        let condition = condition(&self.path())?;
        Ok(self.such(condition))
    }

    /// Those whose column has one of these values.
    pub fn among<V: Clone + Into<Value>>(self, column: E::Column, values: &[V]) -> Self {
        self.such(column.is_in(values.iter().cloned()))
    }

    /// Those whose column names one of these things, by id or slug.
    pub fn named<T: Kind>(self, column: E::Column, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.such(refs.condition(column)))
    }

    /// Those whose column names one of these things of a tree or what stands below it, by id or slug.
    pub fn named_below<T: Kind>(self, column: E::Column, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.such(column.in_subquery(refs.subtree())))
    }

    /// Those that a join links to one of these things, by id or slug.
    pub fn linked<T: Kind>(self, join: &'static Join, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.with_id(join.lefts_among(refs.select())))
    }

    /// Those whose column names what a join links to one of these things, by id or slug.
    pub fn through<T: Kind>(self, column: E::Column, join: &'static Join, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.such(column.in_subquery(join.lefts_among(refs.select()))))
    }

    /// Those to which a join links one of these things, by id or slug.
    pub fn linked_from<T: Kind>(self, join: &'static Join, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.with_id(join.rights_among(refs.select())))
    }

    /// Those that a join links to one of these things or to what stands below it, by id or slug.
    pub fn below<T: Kind>(self, join: &'static Join, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.with_id(join.lefts_among(refs.subtree())))
    }

    /// Of a tree: those that are one of these things or stand below one, by id or slug.
    pub fn within<T: Kind>(self, list: &[ID]) -> Result<Self> {
        let refs = self.refs::<T>(list)?;
        Ok(self.with_id(refs.subtree()))
    }

    /// Of a tree: its roots, or all but those.
    pub fn roots(self, parent: E::Column, is_root: bool) -> Self {
        self.such(if is_root { parent.is_null() } else { parent.is_not_null() })
    }

    /// Those whose text is in one of these languages.
    pub fn languages(self, column: E::Column, languages: &[LanguageTag]) -> Self {
        self.such(column.is_in(languages.iter().map(|tag| tag.0.clone())))
    }

    /// Those whose folded column has this text in it, whatever the accents and case.
    pub fn with_text(self, column: E::Column, text: &str) -> Self {
        // What means any letters in a pattern is a letter here.
        let literal = fold(text.trim()).replace('!', "!!").replace('%', "!%").replace('_', "!_");
        self.such(column.like(LikeExpr::new(format!("%{literal}%")).escape('!')))
    }

    /// The same for a column of several names, each between bars.
    pub fn with_name(self, column: E::Column, name: &str) -> Self {
        self.with_text(column, &name.replace('|', " "))
    }

    /// Those whose moment lies in one of these years; a list in which no year is one finds nothing.
    pub fn in_years(self, column: E::Column, years: &[i64]) -> Self {
        let spans = years.iter().filter_map(|year| span(*year));
        let any = spans.fold(Condition::any(), |any, (start, end)| any.add(Condition::all().add(column.gte(start)).add(column.lt(end))));
        self.such(if any.is_empty() { any.add(Expr::cust("1 = 0")) } else { any })
    }

    /// What is left.
    pub fn end(self) -> Select<E> {
        self.select
    }

    /// Things that the field names.
    pub fn refs<T: Kind>(&self, list: &[ID]) -> Result<Refs> {
        let refs = Refs::parse::<T>(self.reader, list, &self.path())?;
        self.refs.borrow_mut().push((refs.clone(), self.path()));
        Ok(refs)
    }

    /// What the fields have named, each with its place for refusals.
    pub fn named_refs(self) -> Vec<(Refs, String)> {
        self.refs.into_inner()
    }

    /// Those whose id a statement finds.
    pub fn with_id(self, found: SelectStatement) -> Self {
        self.such(Expr::col((E::default(), Alias::new("id"))).in_subquery(found))
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
