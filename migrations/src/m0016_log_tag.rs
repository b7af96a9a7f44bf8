//! The log's tags are written and taken away together with its entries, by the same transactions: PostgreSQL need not look up and lock the entry of
//! each tag, which took a fifth of the time its statements told at imports. (SQLite does so at no cost worth telling, and can't leave it.)
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    match tx.get_database_backend() {
        DbBackend::Postgres => super::run(tx, "ALTER TABLE log_tag DROP CONSTRAINT IF EXISTS log_tag_seq_fkey").await,
        _ => Ok(()),
    }
}
