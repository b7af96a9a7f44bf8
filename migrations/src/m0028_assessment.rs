//! Calls say how their applications are assessed, and officers assess them.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE)).await
}

// The applications to calls that were made before are assessed by nobody.
const SQL: &str = "
ALTER TABLE call ADD COLUMN assessment_rules TEXT NOT NULL DEFAULT '{\"version\":1,\"since\":null,\"assessors\":0,\"criteria\":[]}';
ALTER TABLE call ADD COLUMN earlier_assessment_rules TEXT NOT NULL DEFAULT '[]';
CREATE TABLE assessment ({face}, application {uuid} NOT NULL REFERENCES application (id), call {uuid} NOT NULL REFERENCES call (id), programme {uuid} NOT NULL REFERENCES programme (id),
  name TEXT NOT NULL, assessor {uuid} NOT NULL REFERENCES person (id), state TEXT NOT NULL, rules_version {number} NOT NULL, interest TEXT, declared_on TEXT, verdicts TEXT NOT NULL, comment TEXT,
  submitted_at {number}, score {number}, is_revealed {truth} NOT NULL, withdrawn_reason TEXT, UNIQUE (application, assessor));
CREATE INDEX assessment_call ON assessment (call, created_at, id);
CREATE INDEX assessment_programme ON assessment (programme, created_at, id);
CREATE INDEX assessment_assessor ON assessment (assessor, created_at, id);
";
