//! Obligations of pairings, as they are derived; and what pairings keep for them: the day of the match, the versions of the rules they lived by, and what
//! people decided about what they owe.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, &SQL.replace("{face}", super::m0002_graph::FACE).replace("{later}", "DEFERRABLE INITIALLY DEFERRED")).await
}

/// Two indexes have all that lists are narrowed and counted by, so that counting reads no rows: of 2,000 pairings there are some 30,000.
///
/// Which versions a pairing lived by before was kept nowhere: that of now is the best that is known. All are looked at at once: 1 is long ago.
const SQL: &str = "
ALTER TABLE pairing ADD COLUMN matched_on TEXT;
ALTER TABLE pairing ADD COLUMN rules_history TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN waivers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN postponements TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN risks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing ADD COLUMN obligations_due_at {number} NOT NULL DEFAULT 0;
CREATE INDEX pairing_obligations_due ON pairing (obligations_due_at) WHERE obligations_due_at > 0;
UPDATE pairing SET rules_history = '[{\"version\":' || rules_version || ',\"from\":null}]' WHERE rules_version IS NOT NULL;
UPDATE pairing SET obligations_due_at = 1;
CREATE TABLE obligation ({face}, pairing {uuid} NOT NULL REFERENCES pairing (id), programme {uuid} NOT NULL REFERENCES programme (id), what TEXT NOT NULL, title TEXT NOT NULL,
  kind TEXT NOT NULL, number {number}, member TEXT, due_from TEXT, due_by TEXT, first_due_by TEXT, met_on TEXT, due_at {number} NOT NULL, state TEXT NOT NULL, light TEXT NOT NULL,
  sentence TEXT NOT NULL, rules_version {number}, waiver TEXT, postponements TEXT NOT NULL, risks TEXT NOT NULL, milestones TEXT NOT NULL, owners TEXT NOT NULL, UNIQUE (pairing, what));
CREATE INDEX obligation_pairing ON obligation (pairing, due_at, id);
CREATE INDEX obligation_programme ON obligation (programme, due_at, id, state, light, kind, audience, pairing);
CREATE INDEX obligation_due ON obligation (due_at, id, state, light, kind, audience, programme, pairing);
CREATE INDEX obligation_created ON obligation (created_at, id);
CREATE TABLE obligation_city (obligation {uuid} NOT NULL REFERENCES obligation (id) {later}, city {uuid} NOT NULL REFERENCES city (id) {later}, position {number} NOT NULL,
  PRIMARY KEY (obligation, city));
CREATE INDEX obligation_city_back ON obligation_city (city, obligation);
CREATE TABLE calendar_secret (person {uuid} PRIMARY KEY REFERENCES person (id), secret TEXT NOT NULL UNIQUE);
";
