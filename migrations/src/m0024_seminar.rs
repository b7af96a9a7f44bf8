//! Seminars serve goals.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
CREATE TABLE seminar_goal (seminar {uuid} NOT NULL REFERENCES seminar (id) DEFERRABLE INITIALLY DEFERRED, goal {uuid} NOT NULL REFERENCES goal (id) DEFERRABLE INITIALLY DEFERRED,
  position {number} NOT NULL, PRIMARY KEY (seminar, goal));
CREATE INDEX seminar_goal_back ON seminar_goal (goal, seminar);
";
