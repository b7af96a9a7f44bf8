//! `hansa doctor`: checks configuration, database, index and documents, and says what is wrong and how to mend it.
use std::{
    net::{Ipv4Addr, Ipv6Addr},
    path::Path,
    time::Duration,
};

use crate::{
    base::{Result, tls},
    config::Config,
    files::Files,
    follow::digests::Mailer,
    search::{Inspected, Lexicon, SearchIndex},
    store::{Db, Log, Reader, isolation},
};

/// How long a running hub has to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Items set aside that are shown one by one.
const SHOWN: usize = 10;

/// What was found: sentences, each about one thing that is in order or wrong.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is in order.
    pub good: Vec<String>,
    /// What is wrong, and how to mend it.
    pub wrong: Vec<String>,
}

/// Looks at everything; what is kept stays as it is.
pub async fn look(config: &Config) -> Result<Findings> {
    let mut found = Findings::default();
    found.good.push(format!("The settings are well-formed; the hub would listen on {}.", config.listen));
    data_dir(&config.data_dir, &mut found);
    outbound(config, &mut found);
    let spelled = Lexicon::of(config.dictionaries.as_deref()).languages().join(", ");
    found.good.push(format!("Searches know how words are spelled in {spelled}; --dictionaries names a folder with more of Hunspell's."));
    mail(config, &mut found).await;
    if let Some(db) = database(config, &mut found).await {
        let log = Log::open(db.clone()).await;
        match log {
            Ok(log) => {
                found.good.push(format!("The log's head is {}.", log.head()));
                index(config, db.identity(), log.head(), &mut found);
            }
            Err(error) => found.wrong.push(format!("The log can't be read: {}. Restore the database from a backup.", error.told())),
        }
        documents(config, &Reader::hub(db.clone()), &mut found).await?;
        set_aside(&Reader::hub(db.clone()), &mut found).await?;
        db.close().await?;
    }
    running(config, &mut found).await;
    Ok(found)
}

/// What the hub that runs with these settings says of itself.
async fn running(config: &Config, found: &mut Findings) {
    let mut address = config.listen;
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv6() { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() });
    }
    let url = format!("http://{address}/readyz");
    tls::provide_ciphers();
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build();
    let answer = match client {
        Ok(client) => client.get(&url).send().await,
        Err(cause) => Err(cause),
    };
    let answer = match answer {
        Ok(answer) => answer.text().await,
        Err(cause) if cause.is_connect() => {
            found.good.push(format!("No hub runs at {address}; one that runs tells how its tasks are."));
            return;
        }
        Err(cause) => Err(cause),
    };
    let report: Option<serde_json::Value> = answer.ok().and_then(|text| serde_json::from_str(&text).ok());
    let Some(checks) = report.as_ref().and_then(|report| report["checks"].as_array()) else {
        found
            .wrong
            .push(format!("What listens at {address} does not answer as a hub does. End it, or choose another address with --listen."));
        return;
    };
    let problems: Vec<&str> = checks.iter().filter_map(|check| check["problem"].as_str()).collect();
    found.wrong.extend(problems.iter().map(|problem| format!("The hub at {address} says: {problem}")));
    if problems.is_empty() {
        found.good.push(format!("The hub at {address} is ready, and all its tasks are well."));
    }
}

/// What tasks have set aside because work on it panicked.
async fn set_aside(reader: &Reader, found: &mut Findings) -> Result<()> {
    let aside = isolation::set_aside(reader).await?;
    if aside.is_empty() {
        found.good.push("Nothing is set aside by a task.".to_owned());
    }
    for row in aside.iter().take(SHOWN) {
        found.wrong.push(format!(
            "The task “{}” has set {} aside since {}: {}. Everything else goes on; please report it; it is tried again when the task meets it again.",
            row.task, row.item, row.at, row.reason
        ));
    }
    if aside.len() > SHOWN {
        found.wrong.push(format!("{} more items are set aside; the table set_aside has them.", aside.len() - SHOWN));
    }
    Ok(())
}

async fn mail(config: &Config, found: &mut Findings) {
    let Some(settings) = &config.mail else {
        found.good.push("The hub sends no mail; --smtp-url and --mail-from have it send digests.".to_owned());
        return;
    };
    let checked = match Mailer::new(settings) {
        Ok(mailer) => mailer.check().await,
        Err((name, told)) => Err(format!("“{name}”: {told}")),
    };
    match checked {
        Ok(()) => found.good.push(format!("The mail server takes connections; mail is from {}.", settings.from)),
        Err(why) => found.wrong.push(format!("The mail server does not take mail: {why}. Check --smtp-url, its credentials and its port.")),
    }
    if !config.public_url.starts_with("https://") {
        found.wrong.push(format!(
            "Mails link to {}: mail programs end digests by one click over https only. Set --public-url to the https address.",
            config.public_url
        ));
    }
}

fn outbound(config: &Config, found: &mut Findings) {
    let networks = &config.outbound.networks;
    if let Some(all) = networks.iter().find(|network| network.prefix_len() == 0) {
        found.wrong.push(format!(
            "--webhook-network {all} lets webhooks reach every machine that the hub reaches, its own included. Name only the networks that are meant."
        ));
    }
    let named: Vec<String> = networks.iter().map(ToString::to_string).collect();
    found.good.push(match named.is_empty() {
        true => "Webhooks reach the public internet by https, and nothing else.".to_owned(),
        false => format!("Webhooks reach the public internet by https, and {}.", named.join(", ")),
    });
}

fn data_dir(path: &Path, found: &mut Findings) {
    match path.metadata() {
        Ok(data) if data.is_dir() && !data.permissions().readonly() => {
            found.good.push(format!("The data directory {} is there.", path.display()))
        }
        Ok(_) => found
            .wrong
            .push(format!("{} is not a folder the hub can write to. Choose another with --data-dir, or mend its rights.", path.display())),
        Err(_) => found.wrong.push(format!("The data directory {} is not there yet. “hansa serve” makes it.", path.display())),
    }
}

async fn database(config: &Config, found: &mut Findings) -> Option<Db> {
    if let Some(path) = config.database_url.strip_prefix("sqlite:")
        && !Path::new(path.trim_start_matches("//")).exists()
    {
        found.wrong.push("The SQLite database is not there yet. “hansa migrate” or “hansa serve” makes it.".to_owned());
        return None;
    }
    let db = match Db::open(&config.database_url).await {
        Ok(db) => db,
        Err(error) => {
            found.wrong.push(format!("The database does not answer: {}. Check --database-url and that the server runs.", error.told()));
            return None;
        }
    };
    match db.pending().await {
        Ok(pending) if pending.is_empty() => found.good.push("The database answers and is migrated.".to_owned()),
        Ok(pending) => {
            found.wrong.push(format!("{} migrations are missing ({}). Run “hansa migrate”.", pending.len(), pending.join(", ")));
            return None;
        }
        Err(error) => {
            found.wrong.push(format!("The database's migrations can't be read: {}.", error.told()));
            return None;
        }
    }
    if let Err(error) = db.identify().await {
        found.wrong.push(format!("The database has no identity: {}. Restore it from a backup.", error.told()));
        return None;
    }
    Some(db)
}

fn index(config: &Config, identity: &str, head: i64, found: &mut Findings) {
    match SearchIndex::inspect(&config.index_dir(), identity, head) {
        Ok(Inspected::At(position)) => found.good.push(format!("The search index is sound and stands at {position}.")),
        Ok(Inspected::InUse) => found.good.push("The search index is in use by a running hub; its /readyz tells how far it is.".to_owned()),
        Err(why) => found.wrong.push(format!(
            "The search index is not usable: {why}. The hub rebuilds it by itself at its next start; “hansa reindex” does so now."
        )),
    }
}

async fn documents(config: &Config, reader: &Reader, found: &mut Findings) -> Result<()> {
    let files = match Files::look(&config.documents_url, &config.data_dir) {
        Ok(files) => files,
        Err(error) => {
            found.wrong.push(format!("{} “hansa serve” makes a folder that is missing.", error.told()));
            return Ok(());
        }
    };
    if let Err(why) = files.check().await {
        found.wrong.push(format!("The document store {} is not usable: {why}", files.place()));
        return Ok(());
    }
    let mut missing = Vec::new();
    let kept = reader.checksums().await?;
    for sha256 in &kept {
        if !files.exists(sha256).await? {
            missing.push(sha256.as_str());
        }
    }
    if missing.is_empty() {
        found.good.push(format!("The document store {} holds all {} files.", files.place(), kept.len()));
    } else {
        found.wrong.push(format!(
            "{} of {} documents' files are missing from {}, by their SHA-256: {}{}. Restore them from a backup.",
            missing.len(),
            kept.len(),
            files.place(),
            missing[..missing.len().min(3)].join(", "),
            if missing.len() > 3 { " …" } else { "" }
        ));
    }
    Ok(())
}
