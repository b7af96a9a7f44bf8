//! A PostgreSQL server of the test's own, which may be stopped in the middle of everything.
use std::{
    io::Write,
    net::SocketAddr,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The server; it ends with the test.
pub struct Cluster {
    folder: tempfile::TempDir,
    bin: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Where PostgreSQL's own programs are.
fn bin() -> Option<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut found: Vec<PathBuf> = packaged.filter(|bin| bin.join("initdb").exists()).collect();
    found.sort();
    let on_the_path = std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    found.into_iter().next_back().or_else(|| on_the_path.into_iter().find(|bin| bin.join("initdb").exists()))
}

/// Whether the test is root, whom PostgreSQL refuses.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

impl Cluster {
    /// A server with nothing in it; none, and said so, where its programs are not installed. `HANSA_TEST_CLUSTER` insists on them.
    pub fn start() -> Option<Self> {
        let Some(bin) = bin() else {
            assert!(std::env::var_os("HANSA_TEST_CLUSTER").is_none(), "HANSA_TEST_CLUSTER is set, but there is no initdb");
            let told = "Restarting PostgreSQL is left out: there is no initdb. Install PostgreSQL's server to include it.\n";
            std::io::stderr().write_all(told.as_bytes()).expect("stderr");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        if is_root() {
            assert!(
                Command::new("chown").arg("postgres").arg(folder.path()).status().expect("chown runs").success(),
                "the folder is handed over"
            );
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let cluster = Self { folder, bin, address };
        let data = cluster.data();
        cluster.run("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-N", "--no-instructions"]);
        cluster.control(&["start"]);
        Some(cluster)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // Its log is written by the server, which must not hold on to the test's own output.
        let done = command.args(arguments).current_dir(Path::new("/")).stdin(Stdio::null()).stdout(Stdio::null()).status();
        assert!(done.expect("PostgreSQL's programs run").success(), "{arguments:?} goes well");
    }

    fn control(&self, arguments: &[&str]) {
        let (data, log) = (self.data(), self.folder.path().join("log").display().to_string());
        let sockets = self.folder.path().display();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -k {sockets} -c fsync=off", self.address.port());
        let fixed = ["-D", &data, "-l", &log, "-w", "-s", "-o", &options];
        self.run("pg_ctl", &[arguments, &fixed[..]].concat());
    }

    /// Stops the server as a crash would, and starts it again.
    pub fn crash(&self) {
        self.control(&["restart", "-m", "immediate"]);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.control(&["stop", "-m", "immediate"]);
    }
}
