//! Reading agendas.
use async_graphql::Enum;
use sea_orm::Select;

use super::{
    Agenda,
    row::{Column, Entity},
};
use crate::{
    base::Result,
    kernel::{Listed, Rooted, list::NoFilter},
    store::{Order, Reader, page::Sort},
};

/// How agendas are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum AgendaOrder {
    /// By English name.
    #[default]
    NameAsc,
    /// The last added first.
    Newest,
}

impl Listed for Agenda {
    type Filter = NoFilter;
    type Order = AgendaOrder;
    const WHICH: &'static str = "";

    fn order(order_by: AgendaOrder, _: &NoFilter) -> Result<Order> {
        Ok(match order_by {
            AgendaOrder::NameAsc => Order::by("name", Column::Name, Sort::Text),
            AgendaOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, _: &NoFilter) -> Result<Select<Entity>> {
        Ok(reader.rows())
    }
}

impl Rooted for Agenda {
    const ONE: Option<(&'static str, &'static str)> = Some(("agenda", "The agenda with this slug."));
    const ALL: (&'static str, &'static str) = ("agendas", "The agendas.");
}
