//! Reading announcements.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use jiff::civil::Date;
use sea_orm::{Condition, QueryFilter, Select, entity::prelude::*};

use super::{Announcement, row};
use crate::{
    base::Moment,
    domain::{city::City, programme::Programme},
    relay::{Connection, LanguageTag, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// Which announcements. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AnnouncementFilter {
    /// Of one of these programmes, by id or slug.
    pub programmes: Option<Vec<ID>>,
    /// Says something of one of these cities, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// Published in one of these years.
    pub years: Option<Vec<i64>>,
    /// The original is in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// In one of these states.
    pub states: Option<Vec<row::State>>,
}

/// How announcements are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum AnnouncementOrder {
    /// The last published first.
    #[default]
    Newest,
    /// The first published first.
    Oldest,
}

fn order(order_by: AnnouncementOrder) -> Order {
    match order_by {
        AnnouncementOrder::Newest => Order::by("newest", row::Column::PublishedAt, Sort::Number).falling(),
        AnnouncementOrder::Oldest => Order::by("oldest", row::Column::PublishedAt, Sort::Number),
    }
}

/// When a year begins and when the next one does; none for years no calendar has.
fn bounds(year: i64) -> Option<(Moment, Moment)> {
    let begins = |year: i64| Some(Moment::of_day(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?));
    Some((begins(year)?, begins(year + 1)?))
}

fn select(reader: &Reader, filter: &AnnouncementFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(programmes) = &filter.programmes {
        select = select.filter(Refs::parse::<Programme>(reader, programmes, "filter.programmes")?.condition(row::Column::Programme));
    }
    if let Some(cities) = &filter.cities {
        let refs = Refs::parse::<City>(reader, cities, "filter.cities")?;
        select = select.filter(row::Column::Id.in_subquery(row::CITIES.lefts_among(refs.select())));
    }
    if let Some(years) = &filter.years {
        // A list in which no year is one finds nothing.
        let none = Condition::any().add(row::Column::Id.is_in(Vec::<Uuid>::new()));
        let any = years.iter().filter_map(|year| bounds(*year)).fold(none, |any, (begins, ends)| {
            any.add(Condition::all().add(row::Column::PublishedAt.gte(begins)).add(row::Column::PublishedAt.lt(ends)))
        });
        select = select.filter(any);
    }
    if let Some(languages) = &filter.languages {
        select = select.filter(row::Column::Language.is_in(languages.iter().map(|tag| tag.0.clone())));
    }
    if let Some(states) = &filter.states {
        select = select.filter(row::Column::State.is_in(states.iter().copied()));
    }
    Ok(select)
}

/// The announcements that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<AnnouncementFilter>,
    order_by: AnnouncementOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Announcement>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The announcements' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "AnnouncementQuery")]
impl Query {
    /// The announcement with this slug.
    async fn announcement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Announcement>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The news of the programmes.
    async fn announcements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which announcements.")] filter: Option<AnnouncementFilter>,
        #[graphql(desc = "Their order.", default)] order_by: AnnouncementOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Announcement>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_where_the_next_begins() {
        let (begins, ends) = bounds(2018).expect("a year");
        assert_eq!(begins.rfc3339(), "2018-01-01T00:00:00Z");
        assert_eq!(bounds(2019).map(|(begins, _)| begins), Some(ends));
        assert_eq!(bounds(i64::from(i16::MAX)), None);
        assert_eq!(bounds(i64::MAX), None);
    }
}
