//! Synonyms that search heeds.
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, &SQL.replace("{face}", super::m0002_graph::FACE)).await
    }
}

const SQL: &str = "
CREATE TABLE synonym ({face}, language TEXT, terms TEXT NOT NULL, expansions TEXT NOT NULL);
";
