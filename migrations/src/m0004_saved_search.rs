//! Saved searches, what answered them, and how far followers that keep nothing else of their own have come.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE).replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
}

const SQL: &str = "
CREATE TABLE saved_search ({face}, person {uuid} NOT NULL REFERENCES person (id) {later}, name TEXT NOT NULL, text TEXT NOT NULL, filter TEXT NOT NULL,
  languages TEXT NOT NULL, secret TEXT NOT NULL UNIQUE);
CREATE INDEX saved_search_person ON saved_search (person, created_at, id);

CREATE TABLE saved_search_match (search {uuid} NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE {later}, subject {uuid} NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (search, subject));

CREATE TABLE follower (name TEXT PRIMARY KEY, seq {number} NOT NULL);
";
