//! Digests by mail: who gets one how often, and up to where each was told.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
}

const SQL: &str = "
CREATE TABLE digest (person {uuid} PRIMARY KEY REFERENCES person (id) {later}, period TEXT NOT NULL, seq {number} NOT NULL, upto {number},
  due_at {number} NOT NULL, claimed_until {number} NOT NULL, failures {number} NOT NULL, secret TEXT NOT NULL UNIQUE);
CREATE INDEX digest_due ON digest (due_at) WHERE period <> 'never';
";
