//! What people follow, and how far they have read.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
}

const SQL: &str = "
CREATE TABLE followed (person {uuid} NOT NULL REFERENCES person (id) {later}, subject {uuid} NOT NULL, kind TEXT NOT NULL, since {number} NOT NULL,
  PRIMARY KEY (person, subject));

CREATE TABLE read_upto (person {uuid} PRIMARY KEY REFERENCES person (id) {later}, seq {number} NOT NULL);
";
