//! The hub's tables, created step by step, the same on SQLite and PostgreSQL.
//!
//! A step is one file with SQL in which `{uuid}`, `{number}`, `{real}` and `{truth}` stand for the database's own column types.
use sea_orm_migration::{prelude::*, sea_orm::DatabaseConnection};

mod m0001_kernel;
mod m0002_graph;
mod m0003_lease;
mod m0004_saved_search;
mod m0005_follow;
mod m0006_synonym;
mod m0007_webhook;
mod m0008_digest;
mod m0009_document_belongs;
mod m0010_document_owners;
mod m0011_organisation;
mod m0012_document_reading;
mod m0013_single_lines;
mod m0014_apostrophe;
mod m0015_webhook_slug;
mod m0016_log_tag;
mod m0017_document_link;
mod m0018_faq;
mod m0019_call;
mod m0020_application;

/// Every step in its order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_kernel::Step),
            Box::new(m0002_graph::Step),
            Box::new(m0003_lease::Step),
            Box::new(m0004_saved_search::Step),
            Box::new(m0005_follow::Step),
            Box::new(m0006_synonym::Step),
            Box::new(m0007_webhook::Step),
            Box::new(m0008_digest::Step),
            Box::new(m0009_document_belongs::Step),
            Box::new(m0010_document_owners::Step),
            Box::new(m0011_organisation::Step),
            Box::new(m0012_document_reading::Step),
            Box::new(m0013_single_lines::Step),
            Box::new(m0014_apostrophe::Step),
            Box::new(m0015_webhook_slug::Step),
            Box::new(m0016_log_tag::Step),
            Box::new(m0017_document_link::Step),
            Box::new(m0018_faq::Step),
            Box::new(m0019_call::Step),
            Box::new(m0020_application::Step),
        ]
    }
}

/// Applies what is missing. The caller sees to it that no two hubs do so at once.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(db, None).await
}

/// The names of the steps not applied yet.
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(Migrator::get_pending_migrations(db).await?.iter().map(|step| step.name().to_owned()).collect())
}

/// Runs the statements of a step, with the column types of the database at hand.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
    let db = manager.get_connection();
    let (uuid, number, real, truth) = match db.get_database_backend() {
        DbBackend::Sqlite => ("BLOB", "INTEGER", "REAL", "BOOLEAN"),
        _ => ("UUID", "BIGINT", "DOUBLE PRECISION", "BOOLEAN"),
    };
    let sql = sql.replace("{uuid}", uuid).replace("{number}", number).replace("{real}", real).replace("{truth}", truth);
    for statement in sql.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Has PostgreSQL compress long texts by lz4 where it was built with it: its own method took a quarter of an import.
async fn compress(manager: &SchemaManager<'_>, columns: &[(&str, &str)]) -> Result<(), DbErr> {
    use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
    let db = manager.get_connection();
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for (table, column) in columns {
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4");
        db.execute_unprepared(&format!("DO $$ BEGIN {alter}; EXCEPTION WHEN feature_not_supported THEN NULL; END $$")).await?;
    }
    Ok(())
}
