//! Webhooks are named in exports, so that their slugs are slugs: their ids, with a hyphen in place of the underscore.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, "UPDATE webhook SET slug = REPLACE(slug, '_', '-')").await
}
