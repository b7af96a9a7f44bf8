//! Webhooks are named in exports, so that their slugs are slugs: their ids, with a hyphen in place of the underscore.
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, "UPDATE webhook SET slug = REPLACE(slug, '_', '-')").await
    }
}
