//! What a document about a seminar has to know of it.
use uuid::Uuid;

use super::row;
use crate::{
    base::Result,
    kernel::{Living, ParentFacts},
    store::Tx,
};

/// It is the host's and the programme's.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<ParentFacts>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    Ok(Some(ParentFacts { owners: row.owners(), audience: row.audience }))
}
