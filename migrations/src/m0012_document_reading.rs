//! What reading a file found out beside its text. Texts are read anew: many were read wrongly, and what is read can be read again.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
DELETE FROM extracted_text;
ALTER TABLE extracted_text ADD COLUMN unread_pages {number} NOT NULL DEFAULT 0;
ALTER TABLE extracted_text ADD COLUMN picture_pages {number} NOT NULL DEFAULT 0;
ALTER TABLE extracted_text ADD COLUMN encoding TEXT;
";
