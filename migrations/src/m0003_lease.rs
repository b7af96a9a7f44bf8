//! Leases: which hub does the scheduled work.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until {number} NOT NULL);
CREATE INDEX log_at ON log (at);
";
