//! What the agreements of a pairing must know of it: who may see it, whose it is, and who has to sign.
use std::collections::HashMap;

use sea_orm::{
    QueryFilter,
    entity::prelude::*,
    sea_query::{Alias, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};

use super::{
    Pairing, Row,
    member::{self, Party},
    row::{Column, Entity, State},
};
use crate::{
    access::{Audience, Owners},
    base::{Code, Id, Kind, Result, refuse_if},
    relay::Refs,
    store::Tx,
};

/// What the agreements of a pairing must know of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concern {
    /// Its name.
    pub name: String,
    /// Who may see it.
    pub audience: Audience,
    /// Whose it is.
    pub owners: Owners,
    /// Who has to sign: its members of now but observers.
    pub signatories: Vec<Party>,
    /// Whoever is or was a member.
    pub ever: Vec<Party>,
    /// Whether it was completed or has ended.
    pub is_over: bool,
}

impl Concern {
    /// Of this pairing.
    pub(super) fn of(row: &Row) -> Self {
        Self {
            name: row.name.clone(),
            audience: row.audience.clone(),
            owners: row.own(),
            signatories: member::signatories(&row.members),
            ever: row.members.iter().map(|member| member.party).collect(),
            is_over: row.is_over(),
        }
    }
}

/// A pairing as whoever writes its agreements meets it, held as it is until the transaction ends.
pub struct Held(Row);

impl Held {
    /// Of a pairing that the viewer sees; `path` names it in a refusal.
    pub async fn of(tx: &Tx<'_>, pairing: Id<Pairing>, path: &str) -> Result<Self> {
        tx.locked::<Row>(pairing, path).await.map(Self)
    }

    /// What its agreements must know of it.
    pub fn concern(&self) -> Concern {
        Concern::of(&self.0)
    }

    /// Refuses to have its members agree on more once it is over.
    pub fn refuse_over(&self, path: &str) -> Result<()> {
        let ended = if self.0.state == State::Completed { "was completed" } else { "has ended" };
        let message = format!("“{}” {ended}, and its members agree on nothing more in it; begin another pairing.", self.0.name);
        refuse_if(self.0.is_over(), Code::WrongState, path, message)
    }

    /// Refuses to take away an agreement that each member has signed, where a pairing that works or pauses rests on no other.
    pub fn refuse_bare(&self, path: &str) -> Result<()> {
        let (stands, end) = match self.0.state {
            State::Active => ("is active", "complete or end the pairing"),
            State::Dormant => ("pauses", "end the pairing"),
            _ => return Ok(()),
        };
        let message = format!(
            "“{}” {stands} and rests on this agreement, the only one that every member has signed. Amend it (`amendAgreement`), have another one signed by \
             all, or {end} (`updatePairing`) first.",
            self.0.name
        );
        refuse_if(self.0.signed_agreements < 2, Code::WrongState, path, message)
    }
}

/// Of many pairings at once.
pub async fn concerns_of(tx: &Tx<'_>, pairings: &[Uuid]) -> Result<HashMap<Uuid, Concern>> {
    Ok(tx.by_ids::<Row>(pairings).await?.iter().map(|row| (row.id.uuid(), Concern::of(row))).collect())
}

/// Counts agreements that each member has signed: one more, or one less.
pub async fn count_signed(tx: &mut Tx<'_>, pairing: Id<Pairing>, by: i64) -> Result<()> {
    let found: Option<Row> = tx.first(tx.every::<Entity>().filter(Column::Id.eq(pairing))).await?;
    match found {
        Some(row) => tx.count(&row, Column::SignedAgreements, by).await,
        None => Ok(()),
    }
}

/// The ids of the pairings of these programmes, as a sub-select.
pub fn in_programmes(programmes: &Refs) -> SelectStatement {
    let mut query = Query::select();
    query.column(Alias::new("id")).from(Alias::new(Pairing::NAME)).cond_where(programmes.condition(Column::Programme));
    query
}

/// The ids of the pairings that follow the rules of these calls, as a sub-select.
pub fn of_calls(calls: &Refs) -> SelectStatement {
    let mut query = Query::select();
    query.column(Alias::new("id")).from(Alias::new(Pairing::NAME)).cond_where(calls.condition(Column::Call));
    query
}
