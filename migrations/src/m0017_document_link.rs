//! Documents that are links, and what asking these found.
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
ALTER TABLE document ADD COLUMN link TEXT;
CREATE INDEX document_linked ON document (id) WHERE link IS NOT NULL;
CREATE TABLE link_check (document {uuid} PRIMARY KEY, link TEXT NOT NULL, checked_at {number} NOT NULL, is_asked {truth} NOT NULL, fault TEXT);
";
