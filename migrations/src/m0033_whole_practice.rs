//! Practices as a whole: what happened when, and their review.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

// What records said was handed in was handed in to nobody: there was no review.
const SQL: &str = "
ALTER TABLE practice ADD COLUMN key_dates TEXT NOT NULL DEFAULT '[]';
ALTER TABLE practice ADD COLUMN review_programme {uuid} REFERENCES programme (id);
ALTER TABLE practice ADD COLUMN review_step {number} NOT NULL DEFAULT 0;
ALTER TABLE practice ADD COLUMN reviewer {uuid} REFERENCES person (id);
ALTER TABLE practice ADD COLUMN submitted_at {number} NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE practice ADD COLUMN reviews TEXT NOT NULL DEFAULT '[]';
ALTER TABLE practice ADD COLUMN words_changed {number} NOT NULL DEFAULT 0;
ALTER TABLE practice ADD COLUMN is_review_due {truth} NOT NULL DEFAULT FALSE;
CREATE INDEX practice_waiting ON practice (submitted_at, id);
CREATE INDEX practice_review_programme ON practice (review_programme, submitted_at, id) WHERE review_programme IS NOT NULL;
CREATE INDEX practice_reviewer ON practice (reviewer) WHERE reviewer IS NOT NULL;
ALTER TABLE programme ADD COLUMN review_steps {number};
UPDATE practice SET state = 'draft' WHERE state IN ('submitted', 'in_review');
";
