//! What a document about a city has to know of it.
use uuid::Uuid;

use super::row;
use crate::{access::Owners, base::Result, kernel::ParentFacts, store::Tx};

/// It is its own, and its programmes'.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<ParentFacts>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    let programmes = row::programmes_of(tx, row.id).await?;
    Ok(Some(ParentFacts { owners: Owners { cities: vec![id], programmes }, audience: row.audience }))
}
