//! Reading people.
use async_graphql::Context;
use sea_orm::{
    QueryFilter,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait},
};

use super::{Person, row};
use crate::{
    base::Result,
    relay::{Connection, PageArgs, context::Asking},
    store::{Join, Order, page::Sort, reader::Parent},
};

/// City ↔ people who have a role for it.
static MEMBERS: Join = Join { table: "membership", left: "city", right: "person" };

/// The representatives of a city the viewer may see.
pub async fn representatives(ctx: &Context<'_>, city: Uuid, page: &PageArgs) -> Result<Connection<Person>> {
    let membership = |column: &'static str| Expr::col((Alias::new(MEMBERS.table), Alias::new(column)));
    ctx.children(city, Parent::Right(&MEMBERS), page, move |reader| {
        let in_force = membership("role").eq("CITY_REPRESENTATIVE").and(membership("state").eq("active"));
        Ok((reader.rows::<row::Entity>().filter(in_force), Order::by("name", row::Column::Name, Sort::Text)))
    })
    .await
}
