//! What becomes of many applications at once, where a call is decided by an assignment or that is undone.
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Application, Row,
    row::{Column, Entity, State, THEMES},
};
use crate::{
    base::{Code, Id, Result, refuse_if, text::listed},
    domain::{call::Call, city::City},
    kernel::{Living, life::State as _},
    store::{Json, Tx},
};

/// An application that waits for a decision, held until the transaction ends.
#[derive(Clone, Debug)]
pub struct Waiting(Row);

impl Waiting {
    /// Which.
    pub const fn id(&self) -> Id<Application> {
        self.0.id
    }

    /// Its version.
    pub const fn version(&self) -> i64 {
        self.0.version
    }

    /// Who applies.
    pub const fn city(&self) -> Id<City> {
        self.0.city
    }

    /// What its city is called.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is to be matched, on one of these sides.
    pub fn is_sought(&self, sides: [&str; 2]) -> bool {
        !self.0.opts_out_of_matching && self.0.side.as_deref().is_some_and(|side| sides.contains(&side))
    }
}

/// What is decided on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Its city was selected and has a partner.
    Matched,
    /// It is put on the reserve list, at this place.
    Reserved(i64),
    /// It is declined.
    Declined,
}

/// The applications to a call that wait for a decision, whoever may see them, by their cities' names.
pub async fn waiting(tx: &Tx<'_>, call: Id<Call>) -> Result<Vec<Waiting>> {
    let waiting = tx.every::<Entity>().filter(Column::Call.eq(call)).filter(Column::State.eq(State::Submitted));
    let rows = tx.all(waiting.order_by_asc(Column::Folded).order_by_asc(Column::Id).lock_exclusive()).await?;
    Ok(rows.into_iter().map(Waiting).collect())
}

/// The names of the cities of these applications, whoever may see them.
pub async fn names(tx: &Tx<'_>, applications: &[Uuid]) -> Result<Vec<String>> {
    if applications.is_empty() {
        return Ok(Vec::new());
    }
    let named = tx.every::<Entity>().filter(Column::Id.is_in(applications.iter().copied()));
    Ok(tx.all(named.order_by_asc(Column::Folded)).await?.into_iter().map(|row| row.name).collect())
}

/// The names of the cities that have handed in an application to a call on one of these sides, whoever may see it, but those that took it back or were declined.
pub async fn standing_on(tx: &Tx<'_>, call: Id<Call>, sides: &[&str]) -> Result<Vec<String>> {
    let on = tx.every::<Entity>().filter(Column::Call.eq(call)).filter(Column::Side.is_in(sides.iter().copied()));
    let on = on.filter(Column::State.is_not_in([State::Draft, State::Withdrawn, State::Declined]));
    Ok(tx.all(on.order_by_asc(Column::Folded)).await?.into_iter().map(|row| row.name).collect())
}

/// Of these cities those whose application to a call stands and was not selected: each with its name and the state it is in.
pub async fn unselected(tx: &Tx<'_>, call: Id<Call>, cities: &[Uuid]) -> Result<Vec<(Uuid, String, String)>> {
    let of = tx.every::<Entity>().filter(Column::Call.eq(call)).filter(Column::City.is_in(cities.iter().copied()));
    let rows = tx.all(of.filter(Column::State.is_in([State::Submitted, State::Reserve, State::Declined]))).await?;
    Ok(rows.into_iter().map(|row| (row.city.uuid(), row.name, row.state.word())).collect())
}

/// Decides on these, each with the reason that its city reads.
pub async fn settle(tx: &mut Tx<'_>, rulings: Vec<(Waiting, Ruling, Option<String>)>) -> Result<()> {
    know_links(tx, rulings.iter().map(|(waiting, ..)| &waiting.0)).await?;
    let today = tx.now().day();
    for (Waiting(before), ruling, reason) in rulings {
        let (state, position) = match ruling {
            Ruling::Matched => (State::Matched, None),
            Ruling::Reserved(position) => (State::Reserve, Some(position)),
            Ruling::Declined => (State::Declined, None),
        };
        let mut after = Row { decided_on: Some(Json(today)), reason, reserve_position: position, ..before.clone() };
        after.enter(state);
        tx.change(&before, after, &[]).await?;
    }
    Ok(())
}

/// Has these wait for a decision again, but those that were taken back since; refused where one has found another partner than these did by what is undone.
pub async fn reopen(tx: &mut Tx<'_>, applications: &[Uuid], matched: &[Uuid]) -> Result<()> {
    let named = tx.every::<Entity>().filter(Column::Id.is_in(applications.iter().copied()));
    let rows = tx.all(named.order_by_asc(Column::Folded).order_by_asc(Column::Id).lock_exclusive()).await?;
    let moved = rows.iter().filter(|row| row.state == State::Matched && !matched.contains(&row.id.uuid()));
    let moved: Vec<&str> = moved.map(|row| row.name.as_str()).collect();
    let message = format!("{} got a partner since, otherwise than by this assignment.", listed(&moved));
    refuse_if(!moved.is_empty(), Code::WrongState, "input.id", message)?;
    know_links(tx, rows.iter()).await?;
    for before in rows.into_iter().filter(|row| !matches!(row.state, State::Draft | State::Submitted | State::Withdrawn)) {
        let mut after = Row { decided_on: None, reason: None, reserve_position: None, ..before.clone() };
        after.enter(State::Submitted);
        tx.change(&before, after, &[]).await?;
    }
    Ok(())
}

/// Reads at once what each save tells the log of its links.
async fn know_links(tx: &Tx<'_>, rows: impl Iterator<Item = &Row>) -> Result<()> {
    tx.know(&THEMES, &rows.map(|row| row.id.uuid()).collect::<Vec<_>>()).await
}
