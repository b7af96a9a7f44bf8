//! Reading people.
use async_graphql::Context;
use sea_orm::{
    QueryFilter,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait},
};

use super::{Person, row};
use crate::{
    base::{Id, Language},
    kernel::prelude::read::*,
    relay::{Connection, PageArgs, context::Asking},
    store::{Join, reader::Parent},
};

/// City ↔ people who have a role for it.
static MEMBERS: Join = Join { table: "membership", left: "city", right: "person" };

/// How somebody is written to.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The languages they read, best first.
    pub languages: Vec<Language>,
}

/// How a person is written to. For who writes to them, and nobody else.
pub async fn contact_of(reader: &Reader, person: Uuid) -> Result<Option<Contact>> {
    let row = reader.by_ids::<row::Entity>(&[person]).await?.pop();
    Ok(row.map(|row| Contact { name: row.name, email: row.email, languages: row.languages.0 }))
}

/// The languages a person reads, best first.
pub async fn languages_of(reader: &Reader, person: Id<Person>) -> Result<Vec<Language>> {
    Ok(reader.by_ids::<row::Entity>(&[person.uuid()]).await?.pop().map(|row| row.languages.0).unwrap_or_default())
}

/// The representatives of a city the viewer may see.
pub async fn representatives(ctx: &Context<'_>, city: Uuid, page: &PageArgs) -> Result<Connection<Person>> {
    let membership = |column: &'static str| Expr::col((Alias::new(MEMBERS.table), Alias::new(column)));
    ctx.children(city, Parent::Right(&MEMBERS), page, move |reader| {
        let in_force = membership("role").eq("CITY_REPRESENTATIVE").and(membership("state").eq("active"));
        Ok((reader.rows::<row::Entity>().filter(in_force), Order::by("name", row::Column::Name, Sort::Text)))
    })
    .await
}
