//! Adoptions: a city took up a practice of another one; and how mature practices are by them.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

// A city is busy with a practice once at a time.
const SQL: &str = "
ALTER TABLE practice ADD COLUMN maturity TEXT NOT NULL DEFAULT 'promising';
CREATE INDEX practice_maturity ON practice (maturity, published_at, id);
CREATE TABLE adoption ({face}, practice {uuid} NOT NULL REFERENCES practice (id), practice_version {number} NOT NULL, owner {uuid} NOT NULL REFERENCES city (id), city {uuid} NOT NULL REFERENCES city (id),
  seminar {uuid} REFERENCES seminar (id), becomes {uuid} REFERENCES practice (id), title TEXT NOT NULL, folded TEXT NOT NULL, language TEXT NOT NULL, languages TEXT NOT NULL,
  text_version {number} NOT NULL, state TEXT NOT NULL, phase TEXT NOT NULL, phases TEXT NOT NULL, outcome TEXT, concluded_on TEXT, answer TEXT, answered_on TEXT, owner_consented_on TEXT,
  city_consented_on TEXT, is_practice_public {truth} NOT NULL, withdrawn_reason TEXT);
CREATE INDEX adoption_practice ON adoption (practice, created_at, id);
CREATE INDEX adoption_becomes ON adoption (becomes, created_at, id);
CREATE INDEX adoption_owner ON adoption (owner, created_at, id);
CREATE INDEX adoption_city ON adoption (city, created_at, id);
CREATE INDEX adoption_seminar ON adoption (seminar, created_at, id);
CREATE UNIQUE INDEX adoption_standing ON adoption (practice, city) WHERE state = 'in_progress';
";
