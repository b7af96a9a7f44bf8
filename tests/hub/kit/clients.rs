//! The real clients of `tests/clients`, run by their own program against the address of a hub.
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}

/// Whether the clients are installed; says what is left out where they are not. `HANSA_TEST_CLIENTS` insists on them.
pub fn installed() -> bool {
    let here = folder().join("node_modules").is_dir();
    assert!(
        here || std::env::var_os("HANSA_TEST_CLIENTS").is_none(),
        "HANSA_TEST_CLIENTS is set, but tests/clients lacks node_modules: npm ci"
    );
    if !here {
        // Past the test harness's capture: this must be read.
        let told = "The npm clients are left out. Run `npm ci` in tests/clients to include them.\n";
        std::io::stderr().write_all(told.as_bytes()).expect("stderr");
    }
    here
}

/// What one of the clients' programs prints.
pub async fn print(program: &str, arguments: &[&str]) -> String {
    let mut node = Command::new("node");
    node.arg(program).args(arguments).current_dir(folder()).env_remove("NODE_OPTIONS").stdin(Stdio::null()).kill_on_drop(true);
    let output = node.output().await.expect("node runs");
    assert!(output.status.success(), "{program} fails\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Runs a script of the clients' `package.json`; all of its tests must pass.
pub async fn pass(script: &str, variables: &[(&str, &str)]) {
    let output = Command::new("npm")
        .args(["run", "--silent", script])
        .current_dir(folder())
        .envs(variables.iter().copied())
        // What the tests are told here and nothing else: no setting of the machine's.
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .expect("npm runs");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{}", text.lines().filter(|line| line.starts_with('ℹ')).collect::<Vec<_>>().join("\n"));
    assert!(output.status.success(), "the clients complain\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
}
