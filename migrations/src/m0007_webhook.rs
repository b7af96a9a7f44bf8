//! Webhooks, their secrets, and what is to be sent to them.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE).replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
}

const SQL: &str = "
CREATE TABLE webhook ({face}, person {uuid} NOT NULL REFERENCES person (id) {later}, name TEXT NOT NULL, url TEXT NOT NULL, filter TEXT NOT NULL,
  saved_search {uuid}, query TEXT NOT NULL, state TEXT NOT NULL, ended_reason TEXT, since {number} NOT NULL);
CREATE INDEX webhook_person ON webhook (person, created_at, id);

CREATE TABLE webhook_secret (id {uuid} PRIMARY KEY, webhook {uuid} NOT NULL REFERENCES webhook (id) ON DELETE CASCADE {later}, secret TEXT NOT NULL,
  created_at {number} NOT NULL, until {number});
CREATE INDEX webhook_secret_webhook ON webhook_secret (webhook);

CREATE TABLE webhook_delivery (id {uuid} NOT NULL UNIQUE, webhook {uuid} NOT NULL REFERENCES webhook (id) ON DELETE CASCADE {later}, seq {number} NOT NULL,
  event TEXT NOT NULL, subject {uuid} NOT NULL, kind TEXT NOT NULL, at {number} NOT NULL, state TEXT NOT NULL, attempts {number} NOT NULL,
  next_at {number} NOT NULL, last_at {number}, status {number}, error TEXT, PRIMARY KEY (webhook, seq));
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_subject ON webhook_delivery (webhook, subject, seq) WHERE state IN ('waiting', 'held');
CREATE INDEX webhook_delivery_done ON webhook_delivery (last_at) WHERE state IN ('delivered', 'dead', 'hidden');

CREATE TABLE webhook_replay (webhook {uuid} PRIMARY KEY REFERENCES webhook (id) ON DELETE CASCADE {later}, after {number} NOT NULL, upto {number} NOT NULL);
";
