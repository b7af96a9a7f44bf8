//! Digests by mail: who gets one how often, and up to where each was told.
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, &SQL.replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
    }
}

const SQL: &str = "
CREATE TABLE digest (person {uuid} PRIMARY KEY REFERENCES person (id) {later}, period TEXT NOT NULL, seq {number} NOT NULL, upto {number},
  due_at {number} NOT NULL, claimed_until {number} NOT NULL, failures {number} NOT NULL, secret TEXT NOT NULL UNIQUE);
CREATE INDEX digest_due ON digest (due_at) WHERE period <> 'never';
";
