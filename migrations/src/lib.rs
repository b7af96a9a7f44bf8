//! The hub's tables, created step by step, the same on SQLite and PostgreSQL.
//!
//! A step is one file with SQL in which `{uuid}`, `{number}`, `{real}` and `{truth}` stand for the database's own column types.
use std::{future::Future, pin::Pin};

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement};

/// One step.
struct Step {
    name: &'static str,
    up: for<'t> fn(&'t DatabaseTransaction) -> Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 't>>,
}

/// Declares the steps in their order, each by its file.
macro_rules! steps {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        const STEPS: &[Step] = &[$(Step { name: stringify!($name), up: |tx| Box::pin($name::up(tx)) }),*];
    };
}

steps![
    m0001_kernel,
    m0002_graph,
    m0003_lease,
    m0004_saved_search,
    m0005_follow,
    m0006_synonym,
    m0007_webhook,
    m0008_digest,
    m0009_document_belongs,
    m0010_document_owners,
    m0011_organisation,
    m0012_document_reading,
    m0013_single_lines,
    m0014_apostrophe,
    m0015_webhook_slug,
    m0016_log_tag,
    m0017_document_link,
    m0018_faq,
    m0019_call,
    m0020_application,
    m0021_pairing_members,
    m0022_agreement,
    m0023_people,
    m0024_seminar,
    m0025_obligation,
    m0026_assignment,
    m0027_stated,
    m0028_assessment,
    m0029_interest,
    m0030_obligation_state,
    m0031_adoption,
    m0032_building_block,
    m0033_whole_practice,
    m0034_translation_tool,
];

/// Where it is noted which steps were applied, in the shape that sea-orm's own migrations give it, by which the first databases were made.
const NOTED: &str = "CREATE TABLE IF NOT EXISTS seaql_migrations (version TEXT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)";

/// Applies what is missing, in a transaction that the caller ends, and that no two hubs are in at once.
pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    tx.execute_unprepared(NOTED).await?;
    let now = if tx.get_database_backend() == DbBackend::Sqlite { "unixepoch()" } else { "extract(epoch from now())::bigint" };
    for step in missing(tx).await? {
        (step.up)(tx).await?;
        let note = format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('{}', {now})", step.name);
        tx.execute_unprepared(&note).await?;
    }
    Ok(())
}

/// The names of the steps not applied yet; nothing is written.
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let there = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE name = 'seaql_migrations'",
        _ => "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'seaql_migrations'",
    };
    let is_new = db.query_all_raw(Statement::from_string(db.get_database_backend(), there)).await?.is_empty();
    let missing = if is_new { STEPS.iter().collect() } else { missing(db).await? };
    Ok(missing.into_iter().map(|step| step.name.to_owned()).collect())
}

/// The steps that are not noted.
async fn missing(db: &impl ConnectionTrait) -> Result<Vec<&'static Step>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), "SELECT version FROM seaql_migrations")).await?;
    let applied: Vec<String> = rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?;
    if let Some(unknown) = applied.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        return Err(DbErr::Custom(format!("the database was made by a newer hub: this one does not know its step “{unknown}”")));
    }
    Ok(STEPS.iter().filter(|step| !applied.iter().any(|name| name == step.name)).collect())
}

/// Runs the statements of a step, with the column types of the database at hand.
async fn run(tx: &DatabaseTransaction, sql: &str) -> Result<(), DbErr> {
    let (uuid, number, real, truth) = match tx.get_database_backend() {
        DbBackend::Sqlite => ("BLOB", "INTEGER", "REAL", "BOOLEAN"),
        _ => ("UUID", "BIGINT", "DOUBLE PRECISION", "BOOLEAN"),
    };
    let sql = sql.replace("{uuid}", uuid).replace("{number}", number).replace("{real}", real).replace("{truth}", truth);
    for statement in sql.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        tx.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Has PostgreSQL compress long texts by lz4 where it was built with it: its own method took a quarter of an import.
async fn compress(tx: &DatabaseTransaction, columns: &[(&str, &str)]) -> Result<(), DbErr> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for (table, column) in columns {
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4");
        tx.execute_unprepared(&format!("DO $$ BEGIN {alter}; EXCEPTION WHEN feature_not_supported THEN NULL; END $$")).await?;
    }
    Ok(())
}
