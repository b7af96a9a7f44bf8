//! What a document about a seminar has to know of it.
use uuid::Uuid;

use super::{Seminar, row};
use crate::{base::Result, domain::Standing, store::Tx};

/// It is the host's and the programme's.
pub async fn of(tx: &Tx<'_>, id: Uuid) -> Result<Option<Standing>> {
    let Some(row) = tx.held::<row::Model>(id).await? else { return Ok(None) };
    Ok(Some(Standing { owners: Seminar::owners(&row), audience: row.audience }))
}
