//! Seminars serve goals.
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
CREATE TABLE seminar_goal (seminar {uuid} NOT NULL REFERENCES seminar (id) DEFERRABLE INITIALLY DEFERRED, goal {uuid} NOT NULL REFERENCES goal (id) DEFERRABLE INITIALLY DEFERRED,
  position {number} NOT NULL, PRIMARY KEY (seminar, goal));
CREATE INDEX seminar_goal_back ON seminar_goal (goal, seminar);
";
