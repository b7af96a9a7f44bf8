//! What people follow, and how far they have read.
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
CREATE TABLE followed (person {uuid} NOT NULL REFERENCES person (id) {later}, subject {uuid} NOT NULL, kind TEXT NOT NULL, since {number} NOT NULL,
  PRIMARY KEY (person, subject));

CREATE TABLE read_upto (person {uuid} PRIMARY KEY REFERENCES person (id) {later}, seq {number} NOT NULL);
";
