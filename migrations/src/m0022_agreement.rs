//! Agreements of pairings, with their versions and signatures.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

const SQL: &str = "
CREATE TABLE agreement ({face}, pairing {uuid} NOT NULL REFERENCES pairing (id), title TEXT NOT NULL, folded TEXT NOT NULL, language TEXT, state TEXT NOT NULL, versions TEXT NOT NULL,
  signatories TEXT NOT NULL, owners TEXT NOT NULL, ended_on TEXT, ended_reason TEXT, source TEXT);
CREATE INDEX agreement_pairing ON agreement (pairing, folded, id);
CREATE INDEX agreement_title ON agreement (folded, id);
CREATE TABLE agreement_document (agreement {uuid} NOT NULL REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
  document {uuid} NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED, position {number} NOT NULL, PRIMARY KEY (agreement, document));
CREATE INDEX agreement_document_back ON agreement_document (document, agreement);
";
