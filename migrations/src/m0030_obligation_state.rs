//! Obligations found by their state and kind, and agreements that know whether their pairing is over.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

// The states and kinds first, then all that lists are narrowed by: what is asked for mostly is a few of many, and whatever is counted is counted in the index alone.
const SQL: &str = "
CREATE INDEX obligation_state ON obligation (state, kind, due_at, id, light, audience, programme, pairing);
ALTER TABLE agreement ADD COLUMN is_pairing_over {truth} NOT NULL DEFAULT FALSE;
UPDATE agreement SET is_pairing_over = TRUE WHERE pairing IN (SELECT id FROM pairing WHERE state IN ('completed', 'ended'));
";
