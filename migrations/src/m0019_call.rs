//! Sides of calls, documents they require, calls that never close, earlier versions of their rules, and when they open or close by themselves; the version a
//! pairing lives by.
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await?;
    // What JSON says each database reads in its own way.
    let (version, closes) = match tx.get_database_backend() {
        DbBackend::Sqlite => (
            "json_extract(call.rules, '$.version')",
            "(CAST(strftime('%s', json_extract(closes, '$.latest')) AS INTEGER) + 86400) * 1000000
             WHERE state = 'open' AND json_extract(closes, '$.earliest') = json_extract(closes, '$.latest')",
        ),
        _ => (
            "(call.rules::json->>'version')::bigint",
            "(extract(epoch FROM (closes::json->>'latest')::date)::bigint + 86400) * 1000000
             WHERE state = 'open' AND closes::json->>'earliest' = closes::json->>'latest'",
        ),
    };
    super::run(tx, &FILL.replace("{version}", version).replace("{closes}", closes)).await
}

const SQL: &str = "
ALTER TABLE call ADD COLUMN sides TEXT NOT NULL DEFAULT '[]';
ALTER TABLE call ADD COLUMN required_documents TEXT NOT NULL DEFAULT '[]';
ALTER TABLE call ADD COLUMN never_closes {truth} NOT NULL DEFAULT FALSE;
ALTER TABLE call ADD COLUMN earlier_rules TEXT NOT NULL DEFAULT '[]';
ALTER TABLE call ADD COLUMN due_at {number} NOT NULL DEFAULT 0;
CREATE INDEX call_due ON call (due_at) WHERE due_at > 0;
ALTER TABLE pairing ADD COLUMN rules_version {number};
ALTER TABLE pairing ADD COLUMN rules_accepted TEXT NOT NULL DEFAULT '[]';
";

/// A pairing agreed to the version of its time, which was kept nowhere: the newest is the best that is known.
const FILL: &str = "
UPDATE pairing SET rules_version = (SELECT {version} FROM call WHERE call.id = pairing.call) WHERE call IS NOT NULL;
UPDATE call SET due_at = opens_at WHERE state = 'announced' AND opens_at > 0 AND opens_at = opens_by;
UPDATE call SET due_at = {closes};
";
