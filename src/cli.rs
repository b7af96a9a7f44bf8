//! The command line.
use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Parser, Subcommand};
use poem::EndpointExt;

use crate::{
    access::Viewer,
    api::{self, Downloads, FeedPages, Unsubscribe, Welcome},
    app::{App, Store},
    base::{Error, Fault, Result},
    config::{Config, Flags},
    domain::person::{self, AddPerson, RoleWanted},
    kernel::import::{Options, Verdict},
    store::{Reader, Request},
    transport::{Compressed, Observed, Server, cors, routes},
};

/// The knowledge-exchange hub for cities.
#[derive(Debug, Parser)]
#[command(name = "hansa", version, about)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrates, opens the index, serves.
    Serve {
        /// Fill an empty hub with the demonstration: the first programme and an invented one; and print the demonstration accounts' tokens.
        #[arg(long)]
        demo: bool,
    },
    /// Applies migrations.
    Migrate,
    /// Rebuilds the search index from the database; where a hub runs on this data directory, it does so beside its traffic.
    Reindex,
    /// Prints the SDL.
    Schema,
    /// Checks configuration, database, index and documents, and says what is wrong and how to mend it.
    Doctor,
    /// People: add one without a running server.
    #[command(subcommand)]
    Person(PersonCommand),
    /// Tokens: make one without a running server.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Writes everything, documents' files too, as JSON Lines that `import` takes.
    Export {
        /// A folder that is empty or not there yet.
        dir: PathBuf,
    },
    /// Takes JSON Lines files, or the .jsonl files of folders.
    Import {
        /// Files and folders.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Do everything but keep the result.
        #[arg(long)]
        dry_run: bool,
        /// Take all records or none.
        #[arg(long)]
        atomic: bool,
        /// Refuse records with fields that their kind does not know; without it they are warned of.
        #[arg(long)]
        strict: bool,
        /// Leave what a record does not tell as it is; without it a record is the whole thing, and a field left out is emptied.
        #[arg(long)]
        keep_missing: bool,
        /// Print refused records, doubts, warnings and the sums only.
        #[arg(long)]
        quiet: bool,
    },
}

#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Adds an account; the first administrator, say.
    Add {
        /// The e-mail address, unique in the hub.
        #[arg(long)]
        email: String,
        /// The name.
        #[arg(long)]
        name: String,
        /// A role: `administrator`, `programme-officer:SLUG`, `city-representative:SLUG`, `stakeholder:SLUG`, `reader`; may be given many times.
        #[arg(long)]
        role: Vec<RoleWanted>,
    },
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Makes a token and prints it, this once.
    Create {
        /// Whose.
        #[arg(long)]
        email: String,
    },
}

/// Files that are open beside the connections: the database's, the index's, documents being read.
const FILES_BESIDE: u64 = 1_024;

/// Runs the command line; answers the exit status.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::read(&cli.flags) {
        Ok(config) => config,
        Err(error) => return tell(&error),
    };
    start_log(&config);
    for told in &config.warnings {
        tracing::warn!("{told}");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return tell(&Error::from(cause)),
    };
    match runtime.block_on(run(cli.command, config)) {
        Ok(code) => code,
        Err(error) => tell(&error),
    }
}

fn tell(error: &Error) -> ExitCode {
    eprintln!("hansa: {}", error.told());
    ExitCode::FAILURE
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(&config.log);
    // Colours are for eyes, not for files.
    let is_seen = std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(is_seen);
    if config.log_json {
        builder.json().init();
    } else {
        builder.init();
    }
}

async fn run(command: Command, config: Config) -> Result<ExitCode> {
    match command {
        Command::Serve { demo } => serve(config, demo).await,
        Command::Migrate => {
            let store = Store::open(&config).await?;
            println!("The database is up to date.");
            store.db.close().await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Reindex => reindex(config).await,
        Command::Schema => {
            print!("{}", api::sdl());
            Ok(ExitCode::SUCCESS)
        }
        Command::Doctor => doctor(&config).await,
        Command::Person(PersonCommand::Add { email, name, role }) => add_person(&config, email, name, role).await,
        Command::Token(TokenCommand::Create { email }) => {
            let store = Store::open(&config).await?;
            println!("{}", person::token_for(&store.writer, &email).await?);
            store.db.close().await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Export { dir } => export(&config, &dir).await,
        Command::Import { paths, dry_run, atomic, strict, keep_missing, quiet } => {
            import(config, paths, Options { dry_run, atomic, strict, keep_missing }, quiet).await
        }
    }
}

async fn import(config: Config, paths: Vec<PathBuf>, options: Options, quiet: bool) -> Result<ExitCode> {
    let store = Store::open(&config).await?;
    let begun = std::time::Instant::now();
    let report = store.import(&paths, options).await?;
    let mut out = String::new();
    let (mut warnings, mut doubts) = (report.warnings.iter().peekable(), report.doubts.iter().peekable());
    for (index, (line, verdict)) in report.verdicts.iter().enumerate() {
        let told = match verdict {
            Verdict::Created => "created",
            Verdict::Updated => "updated",
            Verdict::Unchanged => "unchanged",
            Verdict::Refused(_) => "refused",
        };
        let place = format!("{}:{}", line.file.display(), line.number);
        match verdict {
            Verdict::Refused(why) => out.push_str(&format!("{told} {} {} {place}: {why}\n", or_dash(&line.kind), or_dash(&line.slug))),
            _ if quiet => {}
            _ => out.push_str(&format!("{told} {} {} {place}\n", line.kind, line.slug)),
        }
        while let Some((_, doubt)) = doubts.next_if(|(place, _)| *place == index) {
            let (kind, slug) = (or_dash(&line.kind), or_dash(&line.slug));
            out.push_str(&format!("doubt {kind} {slug} {place}: “{}”: {}\n", doubt.field, doubt.sentence));
            out.extend(doubt.candidates.iter().map(|candidate| format!("      perhaps {candidate}\n")));
        }
        while let Some((_, why)) = warnings.next_if(|(place, _)| *place == index) {
            out.push_str(&format!("warning {} {} {place}: {why}\n", or_dash(&line.kind), or_dash(&line.slug)));
        }
    }
    let count = |wanted: &Verdict| report.count(|verdict| verdict == wanted);
    let refused = report.count(|verdict| matches!(verdict, Verdict::Refused(_)));
    let (created, updated, unchanged) = (count(&Verdict::Created), count(&Verdict::Updated), count(&Verdict::Unchanged));
    let kept = match (options.dry_run, options.atomic && refused > 0) {
        (true, _) => " Nothing was kept: it was a dry run.",
        (_, true) => " Nothing was kept: --atomic keeps all or nothing.",
        _ => "",
    };
    let warned = match report.warnings.len() {
        0 => String::new(),
        count => format!(" {count} warnings of fields that nobody reads; --strict refuses them."),
    };
    let doubted = match report.doubts.len() {
        0 => String::new(),
        count => format!(" {count} doubts that a person has to settle."),
    };
    print!("{out}");
    println!(
        "{} records in {:.2} s: {created} created, {updated} updated, {unchanged} unchanged, {refused} refused.{kept}{warned}{doubted}",
        report.verdicts.len(),
        begun.elapsed().as_secs_f64()
    );
    store.db.close().await?;
    Ok(if refused > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn export(config: &Config, dir: &Path) -> Result<ExitCode> {
    let store = Store::open(config).await?;
    let written = store.export(dir).await?;
    println!("{} records and {} files of {} bytes are in {}.", written.records, written.files, written.bytes, dir.display());
    store.db.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

async fn doctor(config: &Config) -> Result<ExitCode> {
    let found = crate::doctor::look(config).await?;
    for good in &found.good {
        println!("ok     {good}");
    }
    for wrong in &found.wrong {
        println!("wrong  {wrong}");
    }
    Ok(if found.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn add_person(config: &Config, email: String, name: String, roles: Vec<RoleWanted>) -> Result<ExitCode> {
    let store = Store::open(config).await?;
    let added = store.writer.run(Request::by(Arc::new(Viewer::hub())), AddPerson::new(name, email, roles)).await?;
    println!("{}", added.output);
    eprintln!("Tell them: {}", person::TOLD);
    store.db.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn reindex(config: Config) -> Result<ExitCode> {
    let store = Store::open(&config).await?;
    let count = crate::app::reindex(&config, &store).await?;
    println!("{count} documents are indexed anew.");
    store.db.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: Config, demo: bool) -> Result<ExitCode> {
    allow_connections(config.limits.connections);
    let store = Store::open(&config).await?;
    if demo {
        crate::demo::fill(&store).await?;
    }
    let app = App::start(&config, store).await?;
    let engine = app.engine.clone();
    let routes = routes(&engine, app.store.files.incoming(), Arc::new(app.readiness()));
    let routes = routes
        .at("/documents/:id", Downloads::at_gate(app.store.files.clone(), app.gate.clone()))
        .at(
            "/unsubscribe/:secret",
            Unsubscribe {
                reader: Reader::hub(app.store.db.clone()),
                writer: app.store.writer.clone(),
                public_url: config.public_url.clone(),
            },
        )
        .at("/", Welcome::new(&config.public_url))
        .at("/feeds/*", FeedPages::new(app.gate.clone(), app.index.clone(), &config.public_url));
    let routes = Observed(Compressed(routes.with(cors(&config.cors_origins))));
    let server = Server::bind(engine, config.listen)
        .await
        .map_err(|cause| Fault::new(format!("The setting “listen” is wrong: {} can't be listened on: {cause}", config.listen)))?;
    println!(
        "Hansa listens on {url}\n  explorer  {url}/graphiql\n  SDL       {url}/schema.graphql\n  to try    curl -s {url}/graphql -H 'content-type: application/json' -d '{{\"query\":\"{{ cities(first: 3) {{ nodes {{ name pairings {{ nodes {{ name }} }} }} }} }}\"}}'",
        url = config.public_url
    );
    let finished = server.run(routes, terminated()).await;
    app.stop().await?;
    Ok(if finished { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asks the system for as many open files as the connections need; shells hand on 1,024.
fn allow_connections(connections: u64) {
    let wanted = connections.saturating_add(FILES_BESIDE);
    match rlimit::increase_nofile_limit(wanted) {
        Ok(allowed) if allowed >= wanted => {}
        Ok(allowed) => tracing::warn!(
            allowed,
            wanted,
            "the system allows fewer open files than the limit “connections” needs; raise the hard limit (ulimit -Hn) or lower it"
        ),
        Err(cause) => tracing::warn!(%cause, "the number of open files could not be raised"),
    }
}

/// Returns at SIGTERM or Ctrl-C.
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
