//! Seminars serve goals; a programme or an organisation holds them, too; they are proposed, waited for and attended.
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let later = |sql: &str| sql.replace("{later}", "DEFERRABLE INITIALLY DEFERRED");
    // A seminar need not have a city as its host. SQLite lets no column become so but a new one.
    match tx.get_database_backend() {
        DbBackend::Postgres => super::run(tx, "ALTER TABLE seminar ALTER COLUMN host DROP NOT NULL").await?,
        _ => super::run(tx, &later(HOST)).await?,
    }
    super::run(tx, &later(SQL)).await
}

const HOST: &str = "
DROP INDEX seminar_host;
ALTER TABLE seminar ADD COLUMN held_by {uuid} REFERENCES city (id) {later};
UPDATE seminar SET held_by = host;
ALTER TABLE seminar DROP COLUMN host;
ALTER TABLE seminar RENAME COLUMN held_by TO host;
CREATE INDEX seminar_host ON seminar (host, starts_at, id);
";

const SQL: &str = "
CREATE TABLE seminar_goal (seminar {uuid} NOT NULL REFERENCES seminar (id) {later}, goal {uuid} NOT NULL REFERENCES goal (id) {later}, position {number} NOT NULL, PRIMARY KEY (seminar, goal));
CREATE INDEX seminar_goal_back ON seminar_goal (goal, seminar);
ALTER TABLE seminar ADD COLUMN organisation {uuid} REFERENCES organisation (id) {later};
CREATE INDEX seminar_organisation ON seminar (organisation, starts_at, id) WHERE organisation IS NOT NULL;
ALTER TABLE seminar ADD COLUMN organisation_owners TEXT NOT NULL DEFAULT '{\"cities\":[],\"programmes\":[]}';
ALTER TABLE seminar ADD COLUMN proposed_by {uuid} REFERENCES person (id) {later};
CREATE INDEX seminar_proposed_by ON seminar (proposed_by, starts_at, id) WHERE proposed_by IS NOT NULL;
ALTER TABLE seminar ADD COLUMN waiting {number} NOT NULL DEFAULT 0;
ALTER TABLE seminar ADD COLUMN walk_ins {number};
ALTER TABLE registration ADD COLUMN attended {truth};
CREATE INDEX registration_queue ON registration (seminar, state, created_at, id);
";
