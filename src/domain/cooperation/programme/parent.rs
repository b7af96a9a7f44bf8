//! What a document about a programme has to know of it.
use uuid::Uuid;

use super::row;
use crate::{access::Owners, base::Result, kernel::ParentFacts, store::Tx};

/// It is its officers'.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<ParentFacts>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    Ok(Some(ParentFacts { owners: Owners { cities: vec![], programmes: vec![id] }, audience: row.audience }))
}
