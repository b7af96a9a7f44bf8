//! What documents belong to through the thing they are about, so that their events are found by its city. Documents that are there already are
//! found by the thing alone.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, "ALTER TABLE document ADD COLUMN belongs TEXT NOT NULL DEFAULT '[]'").await
}
