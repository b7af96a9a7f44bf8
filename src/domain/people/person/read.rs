//! Reading people.
use async_graphql::{Context, ID};
use sea_orm::{
    Condition, QueryFilter,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::{
    Person,
    row::{self, Column, Entity, State},
};
use crate::{
    base::{Id, Kind, Language},
    domain::{city::City, programme::Programme},
    kernel::{Narrowed, list::Orders, prelude::read::*},
    relay::{Connection, PageArgs, context::Asking},
    store::{Join, reader::Parent},
};

/// City ↔ people who have a role for it.
static OF_CITIES: Join = Join { table: "membership", left: "city", right: "person" };
/// Programme ↔ people who have a role for it.
static OF_PROGRAMMES: Join = Join { table: "membership", left: "programme", right: "person" };

filter!(
    /// Which people. A list means any of; fields together mean all of.
    PersonFilter {
        /// Speaks for one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| with_role::<City>(rows, "city", cities)?,
        /// Runs one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| with_role::<Programme>(rows, "programme", programmes)?,
        /// Reads one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| reading(rows, languages),
    }
);

orders!(
    /// How people are ordered.
    PersonOrder {
        /// By name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Person {
    filter: PersonFilter, "Which people.",
    order: PersonOrder,
    one: "person", "The person with this slug.",
    all: "people", "The people the viewer sees: those who are members of the same city, pairing or programme, and who show themselves to everyone.",
});

/// Those who have a role for one of these things now.
fn with_role<'r, T: Kind>(rows: Narrowed<'r, Entity>, column: &'static str, named: &[ID]) -> Result<Narrowed<'r, Entity>> {
    let membership = |column: &'static str| Expr::col((Alias::new("membership"), Alias::new(column)));
    let things = rows.refs::<T>(named)?;
    let mut holders = Query::select();
    holders
        .expr(membership("person"))
        .from(Alias::new("membership"))
        .and_where(membership("state").eq("active"))
        .and_where(membership(column).in_subquery(things.select()));
    Ok(rows.such(Column::State.ne(State::Left)).with_id(holders))
}

/// Those among whose languages is one of these.
fn reading<'r>(rows: Narrowed<'r, Entity>, languages: &[LanguageTag]) -> Narrowed<'r, Entity> {
    let has = |tag: &LanguageTag| Column::Languages.like(format!("%\"{}\"%", tag.0));
    rows.such(languages.iter().fold(Condition::any(), |any, tag| any.add(has(tag))))
}

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

/// The people who have a role for a thing, whom the viewer may see and who have not left.
async fn holders(ctx: &Context<'_>, of: Uuid, role: &'static str, join: &'static Join, page: &PageArgs) -> Result<Connection<Person>> {
    let membership = |column: &'static str| Expr::col((Alias::new("membership"), Alias::new(column)));
    ctx.children(of, Parent::Right(join), page, move |reader| {
        let in_force = membership("role").eq(role).and(membership("state").eq("active")).and(Column::State.ne(State::Left));
        Ok((reader.rows::<Entity>().filter(in_force), PersonOrder::NameAsc.order()))
    })
    .await
}

/// The representatives of a city the viewer may see.
pub async fn representatives(ctx: &Context<'_>, city: Uuid, page: &PageArgs) -> Result<Connection<Person>> {
    holders(ctx, city, "CITY_REPRESENTATIVE", &OF_CITIES, page).await
}

/// The officers of a programme the viewer may see.
pub async fn officers(ctx: &Context<'_>, programme: Uuid, page: &PageArgs) -> Result<Connection<Person>> {
    holders(ctx, programme, "PROGRAMME_OFFICER", &OF_PROGRAMMES, page).await
}
