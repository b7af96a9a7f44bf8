//! What a document about a pairing has to know of it.
use uuid::Uuid;

use super::row;
use crate::{access::Owners, base::Result, kernel::ParentFacts, store::Tx};

/// It is its member cities' and its programme's.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<ParentFacts>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    let cities = row::members(tx, row.id).await?;
    Ok(Some(ParentFacts { owners: Owners { cities, programmes: vec![row.programme.uuid()] }, audience: row.audience }))
}
