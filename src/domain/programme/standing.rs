//! What a document about a programme has to know of it.
use uuid::Uuid;

use super::row;
use crate::{access::Owners, base::Result, domain::Standing, store::Tx};

/// It is its officers'.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<Standing>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    Ok(Some(Standing { owners: Owners { cities: vec![], programmes: vec![id] }, audience: row.audience }))
}
