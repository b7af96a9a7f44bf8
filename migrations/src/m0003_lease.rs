//! Leases: which hub does the scheduled work.
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, SQL).await
    }
}

const SQL: &str = "
CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until {number} NOT NULL);
CREATE INDEX log_at ON log (at);
";
