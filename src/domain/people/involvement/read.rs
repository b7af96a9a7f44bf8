//! Reading involvements.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Involvement,
    row::{Column, Entity, State},
};
use crate::{
    base::{Code, Result, refuse},
    domain::{about, organisation::Organisation},
    kernel::{Listed, Narrowed, Rooted},
    store::{Order, Reader, page::Sort},
};

/// Which involvements. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct InvolvementFilter {
    /// Of one of these organisations, by id or slug.
    pub organisations: Option<Vec<ID>>,
    /// In one of these things, by id.
    pub about: Option<Vec<ID>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
}

/// How involvements are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum InvolvementOrder {
    /// By the organisation's name.
    #[default]
    NameAsc,
    /// The last added first.
    Newest,
}

impl Listed for Involvement {
    type Filter = InvolvementFilter;
    type Order = InvolvementOrder;
    const WHICH: &'static str = "Which involvements.";

    fn order(order_by: InvolvementOrder, _: &InvolvementFilter) -> Result<Order> {
        Ok(match order_by {
            InvolvementOrder::NameAsc => Order::by("name", Column::Name, Sort::Text),
            InvolvementOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &InvolvementFilter) -> Result<Select<Entity>> {
        let parse = |id: &ID| match about::parse(id) {
            Some((_, id)) => Ok(id),
            None => refuse(Code::BadInput, "filter.about", super::write::ABOUT),
        };
        let about: Option<Vec<Uuid>> = filter.about.as_ref().map(|ids| ids.iter().map(parse).collect::<Result<_>>()).transpose()?;
        let narrowed = Narrowed::of(reader)
            .named::<Organisation>(Column::Organisation, "organisations", filter.organisations.as_ref())?
            .among(Column::About, about.as_ref())
            .among(Column::State, filter.states.as_ref());
        Ok(narrowed.end())
    }
}

impl Rooted for Involvement {
    const ONE: Option<(&'static str, &'static str)> = Some(("involvement", "The involvement with this slug."));
    const ALL: (&'static str, &'static str) = ("involvements", "What organisations take part in.");
}
