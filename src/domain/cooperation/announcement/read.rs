//! Reading announcements.
use async_graphql::ID;
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait,
    sea_query::{Query, SelectStatement},
};

use super::{
    Announcement,
    row::{self, Column, Entity},
};
use crate::{
    base::Moment,
    domain::{city::City, programme::Programme},
    kernel::prelude::read::*,
};

filter!(
    /// Which announcements. A list means any of; fields together mean all of.
    AnnouncementFilter {
        /// Of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Says something of one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.linked::<City>(&row::CITIES, cities)?,
        /// Published in one of these years.
        years: Vec<i64> = |rows, years| rows.in_years(Column::PublishedAt, years),
        /// The original is in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// In one of these states.
        states: Vec<row::State> = |rows, states| rows.among(Column::State, states),
    }
);

/// The ids of the cities that an announcement of this day or a later one calls new.
pub fn new_since(day: Date) -> SelectStatement {
    let since = Query::select().column(Column::Id).from(Entity).and_where(Column::PublishedAt.gte(Moment::of_day(day))).take();
    row::NEW_CITIES.rights_among(since)
}

orders!(
    /// How announcements are ordered.
    AnnouncementOrder {
        /// The last published first.
        Newest = Order::by("newest", Column::PublishedAt, Sort::Number).falling(),
        /// The first published first.
        Oldest = Order::by("oldest", Column::PublishedAt, Sort::Number),
    }
);

listed!(Announcement {
    filter: AnnouncementFilter, "Which announcements.",
    order: AnnouncementOrder,
    one: "announcement", "The announcement with this slug.",
    all: "announcements", "The news of the programmes.",
});
