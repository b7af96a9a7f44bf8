//! Frequently asked questions, contact points, a programme's components, and notes at goals.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

const SQL: &str = "
CREATE TABLE faq ({face}, programme {uuid} NOT NULL REFERENCES programme (id), question TEXT NOT NULL, folded TEXT NOT NULL, edition TEXT, position {number}, source TEXT,
  language TEXT NOT NULL, languages TEXT NOT NULL, text_version {number} NOT NULL);
CREATE INDEX faq_programme ON faq (programme, id);
CREATE TABLE contact_point ({face}, programme {uuid} NOT NULL REFERENCES programme (id), name TEXT NOT NULL, folded TEXT NOT NULL, role TEXT, language TEXT, email TEXT, address TEXT,
  verbatim TEXT, source TEXT);
CREATE INDEX contact_point_programme ON contact_point (programme, folded, id);
CREATE INDEX contact_point_name ON contact_point (folded, id);
ALTER TABLE goal ADD COLUMN note TEXT;
ALTER TABLE programme ADD COLUMN components TEXT NOT NULL DEFAULT '[]';
";
