//! From a token to a viewer: one statement.
use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    Condition, QueryFilter, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, JoinType, SelectStatement},
};
use serde::Deserialize;

use super::{row, token};

use crate::{
    access::{Audience, Scope, Viewer},
    base::{Moment, Result},
    store::Reader,
};

/// The viewer a token's digest stands for; none where it is unknown, expired or revoked, or its person has left.
pub async fn viewer_of(reader: &Reader, digest: &str, now: Moment) -> Result<Option<Viewer>> {
    viewer_where(reader, Expr::col((Alias::new("token"), Alias::new("digest"))).eq(digest), now).await
}

/// The same by the token's id, for a stream that asks its rights anew.
pub async fn viewer_of_token(reader: &Reader, token: Uuid, now: Moment) -> Result<Option<Viewer>> {
    viewer_where(reader, Expr::col((Alias::new("token"), Alias::new("id"))).eq(token), now).await
}

/// The viewers that people are, whatever token they come with; none for those who have left.
pub async fn viewers_of(reader: &Reader, people: &[Uuid]) -> Result<HashMap<Uuid, Viewer>> {
    let mut select = reader.rows::<row::Entity>().filter(row::Column::Id.is_in(people.iter().copied())).select_only();
    roles(QueryTrait::query(&mut select));
    let mut by_person: HashMap<Uuid, Vec<Held>> = HashMap::new();
    for held in reader.project::<_, Held>(select).await? {
        by_person.entry(held.person).or_default().push(held);
    }
    Ok(by_person.into_iter().map(|(person, held)| (person, viewer(person, None, &held))).collect())
}

fn column(table: &str, column: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(column)))
}

/// A membership of a person, with one of the things it opens; of the token, too, where one was asked for.
#[derive(Deserialize)]
struct Held {
    person: Uuid,
    role: Option<String>,
    city: Option<Uuid>,
    programme: Option<Uuid>,
    pairing: Option<Uuid>,
    member_pairing: Option<Uuid>,
    member_programme: Option<Uuid>,
    governed_city: Option<Uuid>,
    token: Option<Uuid>,
    until: Option<i64>,
}

/// Adds what people's rights are made of.
fn roles(query: &mut SelectStatement) {
    query
        .expr_as(column("person", "id"), "person")
        .expr_as(column("membership", "role"), "role")
        .expr_as(column("membership", "city"), "city")
        .expr_as(column("membership", "programme"), "programme")
        .expr_as(column("membership", "pairing"), "pairing")
        .expr_as(column("pairing_city", "pairing"), "member_pairing")
        .expr_as(column("city_programme", "programme"), "member_programme")
        .expr_as(column("governed", "city"), "governed_city")
        .join(
            JoinType::LeftJoin,
            Alias::new("membership"),
            column("membership", "person").eq(column("person", "id")).and(column("membership", "state").eq("active")),
        )
        .join(JoinType::LeftJoin, Alias::new("pairing_city"), column("pairing_city", "city").eq(column("membership", "city")))
        .join(JoinType::LeftJoin, Alias::new("city_programme"), column("city_programme", "city").eq(column("membership", "city")))
        .join_as(
            JoinType::LeftJoin,
            Alias::new("city_programme"),
            Alias::new("governed"),
            column("governed", "programme").eq(column("membership", "programme")).and(column("membership", "role").eq("PROGRAMME_OFFICER")),
        )
        .and_where(column("person", "state").ne("left"));
}

async fn viewer_where(reader: &Reader, which: Expr, now: Moment) -> Result<Option<Viewer>> {
    let in_force = Condition::any().add(token::Column::ExpiresAt.is_null()).add(token::Column::ExpiresAt.gt(now.0));
    let mut select =
        reader.parts::<token::Entity>().filter(which).filter(token::Column::RevokedAt.is_null()).filter(in_force).select_only();
    let query = QueryTrait::query(&mut select);
    query
        .expr_as(column("token", "id"), "token")
        .expr_as(column("token", "expires_at"), "until")
        .inner_join(Alias::new("person"), column("person", "id").eq(column("token", "person")));
    roles(query);
    let held: Vec<Held> = reader.project(select).await?;
    let Some(first) = held.first() else { return Ok(None) };
    Ok(Some(viewer(first.person, first.token, &held).until(first.until.map(Moment))))
}

/// The viewer that a person's memberships make.
fn viewer(person: Uuid, token: Option<Uuid>, held: &[Held]) -> Viewer {
    let (mut cities, mut programmes, mut governed, mut more) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut is_administrator = false;
    for held in held {
        match held.role.as_deref() {
            Some("ADMINISTRATOR") => is_administrator = true,
            Some("PROGRAMME_OFFICER") => {
                programmes.extend(held.programme);
                governed.extend(held.governed_city);
            }
            Some("CITY_REPRESENTATIVE") => {
                cities.extend(held.city);
                more.extend(held.member_pairing.map(|pairing| Audience::of(Scope::Pairing, pairing)));
                more.extend(held.member_programme.map(|programme| Audience::of(Scope::Programme, programme)));
            }
            Some("STAKEHOLDER") => more.extend(held.pairing.map(|pairing| Audience::of(Scope::Pairing, pairing))),
            _ => {}
        }
    }
    Viewer::person(person, token, is_administrator, cities, programmes, more).governing(governed)
}
