//! Calls weigh what counts when their applications are matched, cities opt out, and officers keep assignments.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await?;
    super::compress(tx, &[("assignment", "outcome")]).await
}

// The weights that calls have that were made before: the usual ones of that day.
const SQL: &str = "
ALTER TABLE call ADD COLUMN weights TEXT NOT NULL DEFAULT '{\"version\":1,\"since\":null,\"challenges\":30,\"goals\":15,\"size\":8,\"place\":4,\"languages\":8,\"wishes\":5,\"text_percent\":60,\"size_ratio\":10,\"languages_wanted\":1}';
ALTER TABLE call ADD COLUMN earlier_weights TEXT NOT NULL DEFAULT '[]';
ALTER TABLE call ADD COLUMN cities_see_matches {truth} NOT NULL DEFAULT FALSE;
ALTER TABLE application ADD COLUMN opts_out_of_matching {truth} NOT NULL DEFAULT FALSE;
CREATE TABLE assignment ({face}, call {uuid} NOT NULL REFERENCES call (id), programme {uuid} NOT NULL REFERENCES programme (id), name TEXT NOT NULL, state TEXT NOT NULL, settings TEXT NOT NULL,
  outcome TEXT NOT NULL, versions TEXT NOT NULL, weights_version {number} NOT NULL, note TEXT, decided_on TEXT, undone_on TEXT, undone_reason TEXT);
CREATE INDEX assignment_call ON assignment (call, created_at, id);
CREATE INDEX assignment_programme ON assignment (programme, created_at, id);
";
