//! What the store itself needs: the log and its head, the past of every row, old slugs, idempotency keys.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await?;
    let identity = uuid::Uuid::new_v4().simple().to_string();
    super::run(tx, &format!("INSERT INTO log_head (id, seq, trimmed, identity) VALUES (1, 0, 0, '{identity}')")).await
}

const SQL: &str = "
CREATE TABLE log_head (id {number} PRIMARY KEY, seq {number} NOT NULL, identity TEXT NOT NULL, trimmed {number} NOT NULL);

CREATE TABLE log (
  seq {number} PRIMARY KEY,
  at {number} NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject {uuid} NOT NULL,
  audience TEXT NOT NULL,
  actor {uuid},
  summary TEXT NOT NULL
);
CREATE INDEX log_subject ON log (subject, seq);

CREATE TABLE log_tag (seq {number} NOT NULL REFERENCES log (seq) ON DELETE CASCADE, tag {uuid} NOT NULL, PRIMARY KEY (tag, seq));
CREATE INDEX log_tag_seq ON log_tag (seq);

CREATE TABLE history (
  subject {uuid} NOT NULL,
  part TEXT NOT NULL,
  version {number} NOT NULL,
  at {number} NOT NULL,
  actor {uuid},
  before TEXT,
  after TEXT,
  PRIMARY KEY (subject, part, version)
);

CREATE TABLE old_slug (kind TEXT NOT NULL, slug TEXT NOT NULL, subject {uuid} NOT NULL, PRIMARY KEY (kind, slug));

CREATE TABLE idempotency (
  actor {uuid} NOT NULL,
  idempotency_key TEXT NOT NULL,
  request TEXT NOT NULL,
  output TEXT NOT NULL,
  position {number} NOT NULL,
  at {number} NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
);
CREATE INDEX idempotency_at ON idempotency (at);
";
