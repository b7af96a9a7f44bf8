//! Handing on places at seminars: those still to come, taken or waited for.
use std::collections::HashMap;

use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Query, SelectStatement},
};

use super::{
    Row, life,
    registration::{self, Column, Entity, Model, Stand},
    row,
};
use crate::{
    base::{Id, Moment, Result},
    domain::person::Person,
    kernel::duty::Duty,
    store::{Reader, Tx},
};

/// The registrations of these people that stand.
fn standing(people: &[Uuid]) -> sea_orm::Condition {
    sea_orm::Condition::all().add(Column::Person.is_in(people.iter().copied())).add(Column::State.ne(Stand::Withdrawn))
}

/// The seminars to which these registrations are, as far as they are to come.
fn to_come(registered: sea_orm::Condition, now: Moment) -> sea_orm::Condition {
    let named: SelectStatement = Query::select().column(Column::Seminar).from(Entity).cond_where(registered).take();
    sea_orm::Condition::all()
        .add(row::Column::Id.in_subquery(named))
        .add(row::Column::State.is_in(life::TO_COME.iter().copied()))
        .add(row::Column::StartsAt.gt(now))
}

/// The places of these people at seminars to come. Whoever may hand them on is told of them whether they see the seminar or not.
pub(super) async fn duties(reader: &Reader, people: &[Uuid]) -> Result<Vec<Duty>> {
    let seminars = reader.as_hub().rows::<row::Entity>().filter(to_come(standing(people), reader.now()));
    let ids: Vec<_> = reader.all(seminars).await?.into_iter().map(|seminar| seminar.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = reader.parts::<Entity>().filter(standing(people)).filter(Column::Seminar.is_in(ids));
    let said = |place: &Model| match place.state {
        Stand::Waiting => "Waits for a place at a seminar.",
        Stand::Registered | Stand::Withdrawn => "Has a place at a seminar.",
    };
    let duty = |place: Model| Duty { person: place.person.uuid(), subject: place.seminar.uuid(), said: said(&place) };
    Ok(reader.all(places.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id)).await?.into_iter().map(duty).collect())
}

/// Hands a person's places at seminars to come on to another, with the city they come for and the turn they wait for.
pub(super) async fn hand_on(tx: &mut Tx<'_>, from: Uuid, to: Uuid) -> Result<()> {
    // Held, so that nobody takes a place meanwhile.
    let seminars = tx.every::<row::Entity>().filter(to_come(standing(&[from]), tx.now()));
    let seminars = tx.all(seminars.order_by_asc(row::Column::Id).lock_exclusive()).await?;
    if seminars.is_empty() {
        return Ok(());
    }
    let places = tx.every::<Entity>().filter(Column::Seminar.is_in(seminars.iter().map(|seminar| seminar.id)));
    let mut places: HashMap<(Id<super::Seminar>, Uuid), Model> = tx
        .all(places.filter(Column::Person.is_in([from, to])))
        .await?
        .into_iter()
        .map(|place| ((place.seminar, place.person.uuid()), place))
        .collect();
    for seminar in seminars {
        if let Some(place) = places.remove(&(seminar.id, from)).filter(|place| place.state != Stand::Withdrawn) {
            let theirs = places.remove(&(seminar.id, to));
            hand_on_place(tx, &seminar, place, theirs, Id::new(to)).await?;
        }
    }
    Ok(())
}

/// Hands on one place. Where the successor has one already, or both wait, one is free.
async fn hand_on_place(tx: &mut Tx<'_>, seminar: &Row, place: Model, theirs: Option<Model>, to: Id<Person>) -> Result<()> {
    let stands = theirs.as_ref().map_or(Stand::Withdrawn, |theirs| theirs.state);
    tx.part(Some(&place), Model { state: Stand::Withdrawn, ..place.clone() }).await?;
    if stands == Stand::Registered {
        return match place.state {
            Stand::Registered => {
                tx.count(seminar, row::Column::Registered, -1).await?;
                registration::move_up(tx, seminar, Some(1)).await
            }
            Stand::Waiting | Stand::Withdrawn => tx.count(seminar, row::Column::Waiting, -1).await,
        };
    }
    if stands == Stand::Waiting {
        // Of two who waited, or one who waits and one who has a place, one is left.
        tx.count(seminar, row::Column::Waiting, -1).await?;
    }
    // Who waits twice is in the turn that comes first.
    let waited = theirs.as_ref().filter(|theirs| theirs.state == place.state).map(|theirs| theirs.created_at);
    let after = Model {
        id: theirs.as_ref().map_or_else(|| tx.id(), |theirs| theirs.id),
        version: 0,
        person: to,
        created_at: waited.map_or(place.created_at, |waited| std::cmp::min(waited, place.created_at)),
        ..place
    };
    tx.part(theirs.as_ref(), after).await?;
    tx.log_to(seminar, &life::PLACE_HANDED_ON, to);
    Ok(())
}
