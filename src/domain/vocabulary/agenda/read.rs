//! Reading agendas.
use async_graphql::{Context, Enum, Object, Result};

use super::{Agenda, row};
use crate::{
    relay::{Connection, Object, PageArgs, context::Asking},
    store::{Order, page::Sort},
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

fn order(order_by: AgendaOrder) -> Order {
    match order_by {
        AgendaOrder::NameAsc => Order::by("name", row::Column::Name, Sort::Text),
        AgendaOrder::Newest => Order::by("newest", row::Column::CreatedAt, Sort::Number).falling(),
    }
}

/// The agendas' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "AgendaQuery")]
impl Query {
    /// The agenda with this slug.
    async fn agenda(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Agenda>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The agendas.
    async fn agendas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their order.", default)] order_by: AgendaOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Agenda>> {
        Ok(ctx.list(ctx.reader().rows::<row::Entity>(), order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
