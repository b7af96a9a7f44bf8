//! From a token to a viewer: one statement.
use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement};
use uuid::Uuid;

use crate::{
    access::{Audience, Scope, Viewer},
    base::{Moment, Result},
    store::{Reader, Row},
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
    let mut query = Query::select();
    query.from(Alias::new("person")).and_where(column("person", "id").is_in(people.iter().copied()));
    let rows = reader.query(roles(&mut query)).await?;
    let mut by_person: HashMap<Uuid, Vec<&Row>> = HashMap::new();
    for row in &rows {
        by_person.entry(row.get("person")?).or_default().push(row);
    }
    by_person.into_iter().map(|(person, rows)| Ok((person, viewer(person, None, &rows)?))).collect()
}

fn column(table: &str, column: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(column)))
}

/// Adds what people's rights are made of.
fn roles(query: &mut SelectStatement) -> &SelectStatement {
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
        .and_where(column("person", "state").ne("left"))
}

async fn viewer_where(reader: &Reader, token: Expr, now: Moment) -> Result<Option<Viewer>> {
    let mut query = Query::select();
    query
        .expr_as(column("token", "id"), "token")
        .expr_as(column("token", "expires_at"), "until")
        .from(Alias::new("token"))
        .inner_join(Alias::new("person"), column("person", "id").eq(column("token", "person")))
        .and_where(token)
        .and_where(column("token", "revoked_at").is_null())
        .and_where(column("token", "expires_at").is_null().or(column("token", "expires_at").gt(now.0)));
    let rows = reader.query(roles(&mut query)).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let until = first.get::<Option<i64>>("until")?.map(Moment);
    let viewer = viewer(first.get("person")?, Some(first.get("token")?), &rows.iter().collect::<Vec<_>>())?;
    Ok(Some(viewer.until(until)))
}

/// The viewer that a person's rows make.
fn viewer(person: Uuid, token: Option<Uuid>, rows: &[&Row]) -> Result<Viewer> {
    let (mut cities, mut programmes, mut governed, mut more) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut is_administrator = false;
    for row in rows {
        let role: Option<String> = row.get("role")?;
        let id = |name: &str| row.get::<Option<Uuid>>(name);
        match role.as_deref() {
            Some("ADMINISTRATOR") => is_administrator = true,
            Some("PROGRAMME_OFFICER") => {
                programmes.extend(id("programme")?);
                governed.extend(id("governed_city")?);
            }
            Some("CITY_REPRESENTATIVE") => {
                cities.extend(id("city")?);
                more.extend(id("member_pairing")?.map(|pairing| Audience::of(Scope::Pairing, pairing)));
                more.extend(id("member_programme")?.map(|programme| Audience::of(Scope::Programme, programme)));
            }
            Some("STAKEHOLDER") => more.extend(id("pairing")?.map(|pairing| Audience::of(Scope::Pairing, pairing))),
            _ => {}
        }
    }
    Ok(Viewer::person(person, token, is_administrator, cities, programmes, more).governing(governed))
}
