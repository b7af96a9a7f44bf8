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
    row::{Column, Entity},
};
use crate::{
    access::{Audience, Owners},
    base::{Id, Kind, Result},
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
        }
    }
}

/// Of a pairing that the viewer sees, held as it is until the transaction ends; `path` names it in a refusal.
pub async fn concern_of(tx: &Tx<'_>, pairing: Id<Pairing>, path: &str) -> Result<Concern> {
    Ok(Concern::of(&tx.locked::<Row>(pairing, path).await?))
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
