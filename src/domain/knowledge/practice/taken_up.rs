//! What others have to know of a practice that a city takes up, and how mature it is by what became of that.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{
    ActiveEnum, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{IntoCondition, SelectStatement},
};
use serde::{Deserialize, Serialize};

use super::{
    Row,
    row::{Column, Entity, Maturity},
};
use crate::{
    base::{Id, Result},
    domain::city::City,
    store::{Reader, Tx, condition::among},
};

/// A practice as those know it that take it up.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Whose it is.
    pub city: Id<City>,
    /// The version of its original.
    pub version: i64,
    /// Whether everyone sees it.
    pub is_public: bool,
}

impl Source {
    /// What a row tells.
    pub(super) fn of(row: &Row) -> Self {
        Self { city: row.city, version: row.text_version, is_public: row.audience.is_public() }
    }
}

/// These practices, as the transaction's viewer sees them: one statement.
pub async fn sources_of(tx: &Tx<'_>, practices: &[Uuid]) -> Result<HashMap<Uuid, Source>> {
    Ok(tx.by_ids::<Row>(practices).await?.iter().map(|row| (row.id.uuid(), Source::of(row))).collect())
}

/// Those of these practices that the reader's viewer sees, by their ids.
fn seen_of(reader: &Reader, practices: &[Uuid]) -> Select<Entity> {
    let named = among(Expr::col(Column::Id.as_column_ref()), practices);
    reader.rows::<Entity>().filter(named).select_only().column(Column::Id)
}

/// The same as a part of another statement.
pub fn visible(reader: &Reader, practices: &[Uuid]) -> SelectStatement {
    seen_of(reader, practices).into_query()
}

/// The same asked at once.
pub async fn seen(reader: &Reader, practices: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    /// Which one.
    #[derive(Deserialize)]
    struct Seen {
        id: Uuid,
    }
    let found = reader.project::<_, Seen>(seen_of(reader, practices)).await?;
    Ok(found.into_iter().map(|seen| seen.id).collect())
}

/// Holds these practices until the transaction ends, in one order, so that of two who hold some none waits for the other.
pub async fn hold_all(tx: &Tx<'_>, practices: &[Uuid]) -> Result<()> {
    let named = tx.every::<Entity>().filter(Column::Id.is_in(practices.iter().copied())).order_by_asc(Column::Id);
    tx.all(named.lock_exclusive()).await?;
    Ok(())
}

/// Notes how mature practices are. It is no save of theirs: what it follows from keeps its own history.
pub async fn note_maturity(tx: &mut Tx<'_>, found: impl Iterator<Item = (Uuid, Maturity)>) -> Result<()> {
    let mut by_maturity: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for (practice, maturity) in found {
        by_maturity.entry(maturity.to_value()).or_default().push(practice);
    }
    for (maturity, practices) in by_maturity {
        tx.mark::<Entity>(Column::Id.is_in(practices).into_condition(), vec![(Column::Maturity, maturity.into())]).await?;
    }
    Ok(())
}
