//! Reading announcements.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::Select;

use super::{
    Announcement,
    row::{self, Column, Entity},
};
use crate::{
    base::Result,
    domain::{city::City, programme::Programme},
    kernel::{Listed, Narrowed, Rooted},
    relay::LanguageTag,
    store::{Order, Reader, page::Sort},
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

impl Listed for Announcement {
    type Filter = AnnouncementFilter;
    type Order = AnnouncementOrder;
    const WHICH: &'static str = "Which announcements.";

    fn order(order_by: AnnouncementOrder, _: &AnnouncementFilter) -> Result<Order> {
        Ok(match order_by {
            AnnouncementOrder::Newest => Order::by("newest", Column::PublishedAt, Sort::Number).falling(),
            AnnouncementOrder::Oldest => Order::by("oldest", Column::PublishedAt, Sort::Number),
        })
    }

    fn select(reader: &Reader, filter: &AnnouncementFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .named::<Programme>(Column::Programme, "programmes", filter.programmes.as_ref())?
            .linked::<City>(&row::CITIES, "cities", filter.cities.as_ref())?
            .in_years(Column::PublishedAt, filter.years.as_ref())
            .languages(Column::Language, filter.languages.as_ref())
            .among(Column::State, filter.states.as_ref());
        Ok(narrowed.end())
    }
}

impl Rooted for Announcement {
    const ONE: Option<(&'static str, &'static str)> = Some(("announcement", "The announcement with this slug."));
    const ALL: (&'static str, &'static str) = ("announcements", "The news of the programmes.");
}
