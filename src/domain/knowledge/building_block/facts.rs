//! What practices that point to building blocks have to know of these.
use uuid::Uuid;

use super::{Row, row::State};
use crate::{
    base::{Id, Result},
    domain::practice::Practice,
    store::Tx,
};

/// What is known of a building block.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which one.
    pub id: Uuid,
    /// The practice it is part of.
    pub practice: Id<Practice>,
    /// Its title.
    pub title: String,
    /// Whether a tombstone is all that is left of it.
    pub is_withdrawn: bool,
}

impl From<Row> for Facts {
    fn from(row: Row) -> Self {
        Self { id: row.id.uuid(), practice: row.practice, is_withdrawn: row.state == State::Withdrawn, title: row.title }
    }
}

/// The building blocks behind these ids that the transaction's viewer sees, in no order.
pub async fn facts_of_all(tx: &Tx<'_>, ids: &[Uuid]) -> Result<Vec<Facts>> {
    Ok(tx.by_ids::<Row>(ids).await?.into_iter().map(Facts::from).collect())
}
