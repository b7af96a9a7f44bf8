//! What documents belong to through the thing they are about, so that their events are found by its city. Documents that are there already are
//! found by the thing alone.
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, "ALTER TABLE document ADD COLUMN belongs TEXT NOT NULL DEFAULT '[]'").await
    }
}
