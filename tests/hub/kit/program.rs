//! The program itself, serving on a port of its own, as an operator runs it.
use std::{net::TcpListener, path::Path, process::Stdio, time::Duration};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// The program, serving.
pub struct Served {
    child: Child,
    /// Where it answers.
    pub url: String,
    /// What its start told, line by line.
    told: Vec<String>,
}

impl Served {
    /// Starts the program, fills an empty hub with the demonstration, and waits until it listens.
    pub async fn start(folder: &Path, database_url: Option<&str>) -> Self {
        Self::start_with(folder, database_url, &[]).await
    }

    /// The same with further settings.
    pub async fn start_with(folder: &Path, database_url: Option<&str>, settings: &[&str]) -> Self {
        Self::start_in(folder, database_url, settings, &[]).await
    }

    /// The same in another environment.
    pub async fn start_in(folder: &Path, database_url: Option<&str>, settings: &[&str], variables: &[(String, String)]) -> Self {
        hansa::base::tls::provide_ciphers();
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let listen = free.local_addr().expect("an address").to_string();
        drop(free);
        let mut command = Command::new(env!("CARGO_BIN_EXE_hansa"));
        command.args(["serve", "--demo", "--listen", &listen, "--log", "warn", "--data-dir"]).arg(folder).args(settings);
        if let Some(url) = database_url {
            command.args(["--database-url", url]);
        }
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        // Where the tests' receivers listen.
        command.env("HANSA_WEBHOOK_NETWORKS", "127.0.0.0/8");
        // Whose certificates the program trusts.
        command.env("SSL_CERT_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/graph/tls/authority.pem"));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut told = Vec::new();
        loop {
            let line = lines.next_line().await.expect("text").expect("the program listens before it ends");
            let listens = line.starts_with("Hansa listens");
            told.push(line);
            if listens {
                break;
            }
        }
        // What it says later is read as well, so that it is never stopped by a full pipe.
        tokio::spawn(async move { while matches!(lines.next_line().await, Ok(Some(_))) {} });
        Self { child, url: format!("http://{listen}"), told }
    }

    /// The token that the start told for this demonstration person.
    pub fn token(&self, person: &str) -> String {
        let told = self.told.iter().find_map(|line| line.trim().strip_prefix(person)?.trim().strip_prefix("hansa_"));
        format!("hansa_{}", told.unwrap_or_else(|| panic!("the start tells no token of {person}")))
    }

    /// Where it listens, as a wire wants it.
    pub fn address(&self) -> std::net::SocketAddr {
        self.url.strip_prefix("http://").expect("HTTP").parse().expect("an address")
    }

    /// Its resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().expect("it runs"))).expect("Linux tells");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().expect("a number") * 1_024
    }

    /// Asks the graph by HTTP; none where no whole answer came.
    pub async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Option<Value> {
        let mut request =
            reqwest::Client::new().post(format!("{}/graphql", self.url)).json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.ok()?.json().await.ok()
    }

    /// Returns when it says that it is ready: its index has everything that was there.
    pub async fn ready(&self) {
        let url = format!("{}/readyz", self.url);
        let wait = async {
            while !reqwest::get(&url).await.is_ok_and(|answer| answer.status().is_success()) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(120), wait).await.expect("it becomes ready");
    }

    /// Kills it, so that nothing of it runs on.
    pub async fn kill(&self) {
        self.signal("-KILL").await;
    }

    /// Kills it, and returns when it is gone.
    pub async fn end_at_once(mut self) {
        self.kill().await;
        self.child.wait().await.expect("it is gone");
    }

    async fn signal(&self, signal: &str) {
        let id = self.child.id().expect("it runs").to_string();
        let told = Command::new("kill").args([signal, &id]).status().await.expect("kill runs");
        assert!(told.success(), "it runs until it is asked to end");
    }

    /// Asks it to end, as an init system does; it must end well.
    pub async fn stop(mut self) {
        self.signal("-TERM").await;
        assert!(self.child.wait().await.expect("it ends").success(), "it ends well");
    }
}
