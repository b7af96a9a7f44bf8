//! Reading programmes.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Programme,
    row::{self, Column, Entity},
};
use crate::{
    base::Result,
    domain::{
        city::{self, City},
        theme::Theme,
    },
    kernel::{Listed, Narrowed, Rooted},
    store::{Order, Reader, page::Sort},
};

/// Which programmes. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProgrammeFilter {
    /// One of these cities takes part, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// Works on one of these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
}

/// How programmes are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ProgrammeOrder {
    /// By name in the original language.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// The last added first.
    Newest,
}

impl Listed for Programme {
    type Filter = ProgrammeFilter;
    type Order = ProgrammeOrder;
    const WHICH: &'static str = "Which programmes.";

    fn order(order_by: ProgrammeOrder, _: &ProgrammeFilter) -> Result<Order> {
        Ok(match order_by {
            ProgrammeOrder::NameAsc => Order::by("name", Column::Name, Sort::Text),
            ProgrammeOrder::NameDesc => Order::by("name-desc", Column::Name, Sort::Text).falling(),
            ProgrammeOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &ProgrammeFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader);
        let cities = narrowed.refs::<City>("cities", filter.cities.as_ref())?;
        let narrowed = narrowed
            .given(cities, |cities| Column::Id.in_subquery(city::PROGRAMMES.rights_among(cities.select())))
            .below::<Theme>(&row::THEMES, "themes", filter.themes.as_ref())?;
        Ok(narrowed.end())
    }
}

impl Rooted for Programme {
    const ONE: Option<(&'static str, &'static str)> = Some(("programme", "The programme with this slug."));
    const ALL: (&'static str, &'static str) = ("programmes", "The programmes.");
}

/// These programmes and the cities that take part in them: what an event is tagged with that is about something of theirs.
pub async fn reach(reader: &Reader, mut ids: Vec<Uuid>) -> Result<Vec<Uuid>> {
    if !ids.is_empty() {
        ids.extend(reader.lefts_of(&city::PROGRAMMES, &ids).await?);
    }
    Ok(ids)
}
