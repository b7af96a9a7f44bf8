//! What a document about a practice has to know of it.
use uuid::Uuid;

use super::row;
use crate::{access::Owners, base::Result, kernel::ParentFacts, store::Tx};

/// It is the city's.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<ParentFacts>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    Ok(Some(ParentFacts { owners: Owners { cities: vec![row.city.uuid()], programmes: vec![] }, audience: row.audience }))
}
