//! Builds the explorer with npm and embeds it. Where there is no npm, or its packages can't be had, one warning says so, and
//! the hub serves its own plain page in its place.
use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the explorer is built of.
const SOURCES: [&str; 7] = [".npmrc", "index.html", "main.css", "main.js", "package-lock.json", "package.json", "vite.config.js"];

fn main() -> Result<(), Box<dyn Error>> {
    let (root, out) = (PathBuf::from(env::var("CARGO_MANIFEST_DIR")?), PathBuf::from(env::var("OUT_DIR")?));
    for name in SOURCES {
        println!("cargo:rerun-if-changed={name}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    let files = match built(&root, &out.join("explorer")) {
        Ok(files) => files,
        Err(why) => {
            // npm that comes later is found: it stands in a folder of the path.
            println!("cargo:rerun-if-env-changed=PATH");
            println!(
                "cargo:warning=GraphiQL is left out, and /graphiql is a plain page: {why}. With npm and network at hand, touch explorer/build.rs and build again."
            );
            Vec::new()
        }
    };
    let mut code = "[\n".to_owned();
    for (path, file) in files {
        writeln!(code, "    ({path:?}, {:?}, include_bytes!({file:?}) as &[u8]),", media_type(&path))?;
    }
    code.push(']');
    fs::write(out.join("explorer.rs"), code)?;
    Ok(())
}

/// Builds in a folder of our own, so that the sources stay as they are; answers paths below `/graphiql` and the compressed files.
fn built(from: &Path, to: &Path) -> Result<Vec<(String, PathBuf)>, Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for name in SOURCES {
        fs::copy(from.join(name), to.join(name))?;
    }
    // Whoever has no network is not kept waiting.
    npm(to, &["ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline", "--fetch-retries=1", "--fetch-timeout=30000"])?;
    npm(to, &["run", "--silent", "build"])?;
    let mut files = Vec::new();
    list(&to.join("dist"), "", &mut files)?;
    files.sort();
    if files.is_empty() { Err("the build made nothing".into()) } else { Ok(files) }
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let output = Command::new("npm").args(arguments).current_dir(folder).env_remove("NODE_OPTIONS").stdin(Stdio::null()).output();
    let output = output.map_err(|cause| format!("npm can't be run ({cause})"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
    Err(format!("npm {} fails ({})", arguments[0], line.trim()).into())
}

fn list(folder: &Path, below: &str, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|_| "a file's name is not UTF-8")?;
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{below}/{name}"), files)?;
        } else if let Some(name) = name.strip_suffix(".gz") {
            files.push((format!("{below}/{name}"), entry.path()));
        }
    }
    Ok(())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
