//! The program as a newcomer starts it, `hansa serve --demo`, and every real client of `tests/clients` at its door: audits, streams,
//! uploads, and front ends that walk pages, draft a practice and hear of it.
use crate::kit::{
    Backend, Served, both,
    clients::{installed, pass},
    create, drop_database, people,
};

/// The city that the clients' person represents.
const CITY: &str = "hamburg";

#[tokio::test(flavor = "multi_thread")]
async fn real_clients_are_content_with_the_demonstration() {
    if !installed() {
        return;
    }
    for backend in both() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!("hansa_clients_{}", std::process::id());
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(create(&name, None).await),
        };
        let served = Served::start(folder.path(), database.as_deref()).await;
        let token = served.token(people::HAMBURG);
        let variables = [("HANSA_URL", served.url.as_str()), ("HANSA_TOKEN", &token), ("HANSA_CITY", CITY), ("HANSA_OPERATIONS", "hub")];
        println!("{backend:?}");
        pass("test", &variables).await;
        served.stop().await;
        if database.is_some() {
            drop_database(&name).await;
        }
    }
}
