//! The program as a newcomer starts it, `hansa serve --demo`, and every real client of `tests/clients` at its door: audits, streams,
//! uploads, and front ends that walk pages, draft a practice and hear of it.
use std::{net::TcpListener, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::kit::{
    Backend, both,
    clients::{installed, pass},
    create, drop_database,
};

/// Who the clients are: a representative of this city.
const PERSON: &str = "jens-hamburg";
const CITY: &str = "hamburg";

/// The program, serving.
struct Served {
    child: Child,
    url: String,
    token: String,
}

impl Served {
    /// Starts the program on an empty hub and waits until it listens.
    async fn start(folder: &std::path::Path, database_url: Option<&str>) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let listen = free.local_addr().expect("an address").to_string();
        drop(free);
        let mut command = Command::new(env!("CARGO_BIN_EXE_hansa"));
        command.args(["serve", "--demo", "--listen", &listen, "--log", "warn", "--data-dir"]).arg(folder);
        if let Some(url) = database_url {
            command.args(["--database-url", url]);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut token = String::new();
        loop {
            let line = lines.next_line().await.expect("text").expect("the program listens before it ends");
            if let Some((PERSON, secret)) = line.trim().split_once(' ') {
                token = secret.trim().to_owned();
            }
            if line.starts_with("Hansa listens") {
                break;
            }
        }
        // What it says later is read as well, so that it is never stopped by a full pipe.
        tokio::spawn(async move { while matches!(lines.next_line().await, Ok(Some(_))) {} });
        assert!(token.starts_with("hansa_"), "the start tells {PERSON}'s token");
        Self { child, url: format!("http://{listen}"), token }
    }

    /// Asks it to end, as an init system does; it must end well.
    async fn stop(mut self) {
        let id = self.child.id().expect("it runs").to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill runs");
        assert!(told.success(), "it runs until it is asked to end");
        assert!(self.child.wait().await.expect("it ends").success(), "it ends well");
    }
}

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
        let variables =
            [("HANSA_URL", served.url.as_str()), ("HANSA_TOKEN", &served.token), ("HANSA_CITY", CITY), ("HANSA_OPERATIONS", "hub")];
        println!("{backend:?}");
        pass("test", &variables).await;
        served.stop().await;
        if database.is_some() {
            drop_database(&name).await;
        }
    }
}
