//! The two databases.
use std::{io::Write, sync::OnceLock};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Where PostgreSQL is, if it is.
fn postgres() -> Option<&'static str> {
    static FOUND: OnceLock<Option<String>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let asked = std::env::var("HANSA_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
            let url = asked.clone().unwrap_or_else(|| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            // On a thread of its own, as the test that asks first may be inside a runtime.
            let reached = std::thread::scope(|scope| {
                let url = &url;
                scope.spawn(move || runtime.block_on(async { Database::connect(url.as_str()).await.is_ok() })).join().unwrap_or(false)
            });
            match (reached, asked) {
                (true, _) => Some(url),
                (false, Some(url)) => panic!("HANSA_TEST_POSTGRES names {url}, but nothing answers there"),
                (false, None) => {
                    // Past the test harness's capture: this must be read.
                    let told =
                        "PostgreSQL is left out: none answers at 127.0.0.1:5432. Set HANSA_TEST_POSTGRES=postgres://… to include it.\n";
                    std::io::stderr().write_all(told.as_bytes()).expect("stderr");
                    None
                }
            }
        })
        .as_deref()
}

/// The databases at hand: always SQLite, and PostgreSQL where there is one.
pub fn both() -> Vec<Backend> {
    let mut backends = vec![Backend::Sqlite];
    if postgres().is_some() {
        backends.push(Backend::Postgres);
    }
    backends
}

async fn admin() -> DatabaseConnection {
    Database::connect(postgres().expect("asked only where it is at hand")).await.expect("PostgreSQL answers")
}

/// Creates a database, empty or as a copy of another, and answers its URL.
pub async fn create(name: &str, template: Option<&str>) -> String {
    let url = postgres().expect("asked only where it is at hand");
    let copy = template.map(|template| format!(" TEMPLATE \"{template}\"")).unwrap_or_default();
    let admin = admin().await;
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).await.expect("an old database goes");
    admin.execute_unprepared(&format!("CREATE DATABASE \"{name}\"{copy}")).await.expect("a new database comes");
    let (server, _) = url.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{name}")
}

/// Drops a database.
pub async fn drop_database(name: &str) {
    admin().await.execute_unprepared(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).await.expect("the database goes");
}
