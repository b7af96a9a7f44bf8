//! What others decide by: who applied to what, and where that is in its life.
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    Application, Row,
    row::{Column, Entity, State},
};
use crate::{
    base::{Id, Result},
    domain::{call::Call, city::City, programme::Programme},
    store::Tx,
};

/// An application as a transaction sees it that decides by it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which.
    pub id: Id<Application>,
    /// The call it answers.
    pub call: Id<Call>,
    /// Who calls.
    pub programme: Id<Programme>,
    /// Who applies.
    pub city: Id<City>,
    /// What its city is called.
    pub name: String,
    /// Where it is in its life.
    pub state: State,
}

impl From<Row> for Facts {
    fn from(row: Row) -> Self {
        Self { id: row.id, call: row.call, programme: row.programme, city: row.city, name: row.name, state: row.state }
    }
}

/// Those of the applications that the transaction's viewer sees, in no order.
pub async fn facts_of_all(tx: &Tx<'_>, ids: &[Uuid]) -> Result<Vec<Facts>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.all(tx.rows::<Entity>().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(rows.into_iter().map(Facts::from).collect())
}

/// One of them; whoever would decide on it, or hold it, waits until this transaction ends. Refused where the viewer does not see it.
pub async fn hold(tx: &Tx<'_>, id: Id<Application>, path: &str) -> Result<Facts> {
    Ok(tx.locked::<Row>(id, path).await?.into())
}
