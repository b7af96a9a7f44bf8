//! Documents that are links, and what asking these found.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
ALTER TABLE document ADD COLUMN link TEXT;
CREATE INDEX document_linked ON document (id) WHERE link IS NOT NULL;
CREATE TABLE link_check (document {uuid} PRIMARY KEY, link TEXT NOT NULL, checked_at {number} NOT NULL, is_asked {truth} NOT NULL, fault TEXT);
";
