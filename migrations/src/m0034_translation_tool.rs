//! Translations tell the tool that made them, where a machine did.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
ALTER TABLE text ADD COLUMN tool TEXT;
";
