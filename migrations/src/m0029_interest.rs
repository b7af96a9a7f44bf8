//! Practices for which their cities seek partners, and the interest that other cities take in them.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

// A city's interest in a practice stands once.
const SQL: &str = "
ALTER TABLE practice ADD COLUMN seeks_places {number};
ALTER TABLE practice ADD COLUMN seeks_until TEXT;
ALTER TABLE practice ADD COLUMN seeks_note TEXT;
CREATE INDEX practice_seeking ON practice (published_at, id) WHERE seeks_places IS NOT NULL;
CREATE TABLE interest ({face}, practice {uuid} NOT NULL REFERENCES practice (id), owner {uuid} NOT NULL REFERENCES city (id), city {uuid} NOT NULL REFERENCES city (id), name TEXT NOT NULL,
  folded TEXT NOT NULL, language TEXT NOT NULL, note TEXT, state TEXT NOT NULL, answer TEXT, answered_on TEXT);
CREATE INDEX interest_practice ON interest (practice, created_at, id);
CREATE INDEX interest_owner ON interest (owner, created_at, id);
CREATE INDEX interest_city ON interest (city, created_at, id);
CREATE UNIQUE INDEX interest_standing ON interest (practice, city) WHERE state IN ('expressed', 'accepted');
";
