//! Settings: default → `hansa.toml` → environment → flag; the later wins. One default a knob.
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Deserialize;

use crate::{
    base::{Code, Outbound, Result, meant, refuse},
    extract,
    follow::digests,
    store::Retention,
    transport::{Limits, Origin},
};

/// The settings file, looked for where the hub is started.
pub const FILE: &str = "hansa.toml";

/// Flags and environment variables; what is not given stays with the file or the default.
#[derive(Clone, Debug, Default, Args)]
pub struct Flags {
    /// Where to listen: an address and a port.
    #[arg(long, env = "HANSA_LISTEN", global = true)]
    listen: Option<String>,
    /// Where the hub keeps its files.
    #[arg(long, env = "HANSA_DATA_DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// The database: `sqlite:PATH` or `postgres://…`.
    #[arg(long, env = "HANSA_DATABASE_URL", global = true, hide_env_values = true)]
    database_url: Option<String>,
    /// The documents' files: a folder or `s3://bucket/prefix`.
    #[arg(long, env = "HANSA_DOCUMENTS_URL", global = true)]
    documents_url: Option<String>,
    /// Bytes of a document's text that are read and searched, 100,000 to 67,108,864; what is longer is told as read in part.
    #[arg(long, env = "HANSA_DOCUMENT_TEXT_BYTES", global = true)]
    document_text_bytes: Option<u32>,
    /// Where the hub is reached from outside: `https://hub.example.org`.
    #[arg(long, env = "HANSA_PUBLIC_URL", global = true)]
    public_url: Option<String>,
    /// Web origins whose pages may use the hub, separated by commas: `https://app.example.org`. Without this, all may.
    #[arg(long, env = "HANSA_CORS_ORIGINS", value_delimiter = ',', global = true)]
    cors_origins: Vec<String>,
    /// A folder with spelling dictionaries of Hunspell, `de_DE.aff` and `de_DE.dic`: words that are right there are not taken for slips. Without this /usr/share/hunspell, empty for none.
    #[arg(long, env = "HANSA_DICTIONARIES", global = true)]
    dictionaries: Option<String>,
    /// What to log, as a filter: `info`, `hansa=debug,warn`.
    #[arg(long, env = "HANSA_LOG", global = true)]
    log: Option<String>,
    /// Log lines as JSON (true) or for people (false).
    #[arg(long, env = "HANSA_LOG_JSON", global = true)]
    log_json: Option<bool>,
    /// A limit of the graph, `name=value`; may be given many times, in the environment separated by commas.
    #[arg(long = "limit", env = "HANSA_LIMITS", value_delimiter = ',', global = true)]
    limits: Vec<String>,
    /// Keep the entries of so many days in the event log; without this and the next, all are kept.
    #[arg(long, env = "HANSA_KEEP_LOG_DAYS", global = true)]
    keep_log_days: Option<u32>,
    /// Keep so many entries in the event log.
    #[arg(long, env = "HANSA_KEEP_LOG_ENTRIES", global = true)]
    keep_log_entries: Option<u32>,
    /// A network, as `10.0.0.0/8`, to which webhooks may lead beside the public internet, there also by plain http; may be given many
    /// times, in the environment separated by commas.
    #[arg(long = "webhook-network", env = "HANSA_WEBHOOK_NETWORKS", value_delimiter = ',', global = true)]
    webhook_networks: Vec<String>,
    /// Ask the links of documents by a HEAD request whether they still lead somewhere, each again after so many days, where webhooks might
    /// lead; without this none is asked.
    #[arg(long, env = "HANSA_CHECK_LINKS_DAYS", global = true)]
    check_links_days: Option<u32>,
    /// The server that takes mail: `smtps://user:password@host` or, for STARTTLS, `smtp://user:password@host:587?tls=required`.
    #[arg(long, env = "HANSA_SMTP_URL", global = true, hide_env_values = true)]
    smtp_url: Option<String>,
    /// Whom mail is from: `Hansa <hub@example.org>`.
    #[arg(long, env = "HANSA_MAIL_FROM", global = true)]
    mail_from: Option<String>,
    /// The settings file.
    #[arg(long, env = "HANSA_CONFIG", global = true)]
    config: Option<PathBuf>,
}

/// What the file may hold: the same names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileSettings {
    listen: Option<String>,
    data_dir: Option<PathBuf>,
    database_url: Option<String>,
    documents_url: Option<String>,
    document_text_bytes: Option<u32>,
    public_url: Option<String>,
    cors_origins: Vec<String>,
    dictionaries: Option<String>,
    log: Option<String>,
    log_json: Option<bool>,
    keep_log_days: Option<u32>,
    keep_log_entries: Option<u32>,
    webhook_networks: Vec<String>,
    check_links_days: Option<u32>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    limits: toml::Table,
}

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the hub keeps its files.
    pub data_dir: PathBuf,
    /// The database.
    pub database_url: String,
    /// The documents' files.
    pub documents_url: String,
    /// Bytes of a document's text that are read and searched.
    pub document_text_bytes: u32,
    /// Where the hub is reached from outside, without a slash at the end.
    pub public_url: String,
    /// Web origins whose pages may use the hub; all, where none is named.
    pub cors_origins: Vec<Origin>,
    /// Where the spelling dictionaries are; none where those that come with the hub shall do.
    pub dictionaries: Option<PathBuf>,
    /// What to log.
    pub log: String,
    /// Whether log lines are JSON.
    pub log_json: bool,
    /// How much of the event log is kept.
    pub keep_log: Retention,
    /// Where webhooks may lead.
    pub outbound: Outbound,
    /// After how many days the links of documents are asked again; none where they are not asked.
    pub check_links_days: Option<u32>,
    /// Where mail goes out; none where the hub sends none.
    pub mail: Option<digests::Settings>,
    /// The limits of the graph.
    pub limits: Limits,
    /// What is to be said of the settings, though they are not wrong.
    pub warnings: Vec<String>,
}

/// Refuses a setting.
pub fn wrong<T>(name: &str, told: impl std::fmt::Display) -> Result<T> {
    let told = told.to_string();
    refuse(Code::BadInput, name, format!("The setting “{name}” is wrong: {}.", told.trim().trim_end_matches('.')))
}

impl Config {
    /// Reads all four places; a wrong setting is refused with one sentence that names it. A variable of the environment that is no setting is passed over with
    /// a warning: not everything that begins with `HANSA_` was meant for the hub.
    pub fn read(flags: &Flags) -> Result<Self> {
        let file = read_file(flags.config.as_deref())?;
        let listen = flags.listen.clone().or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let Ok(address) = listen.parse::<SocketAddr>() else {
            return wrong("listen", format!("“{listen}” is not an address with a port, such as 127.0.0.1:8080"));
        };
        let data_dir = flags.data_dir.clone().or(file.data_dir).unwrap_or_else(|| PathBuf::from("hansa-data"));
        let database_url = flags
            .database_url
            .clone()
            .or(file.database_url)
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("hansa.sqlite").display()));
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database_url.starts_with(scheme)) {
            return wrong("database-url", "it begins with sqlite: or postgres://");
        }
        let documents_url =
            flags.documents_url.clone().or(file.documents_url).unwrap_or_else(|| data_dir.join("documents").display().to_string());
        if documents_url.contains("://") && !documents_url.starts_with("s3://") && !documents_url.starts_with("file://") {
            return wrong("documents-url", "it is a folder or begins with s3://");
        }
        let public_url = flags.public_url.clone().or(file.public_url).unwrap_or_else(|| format!("http://{address}"));
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return wrong("public-url", format!("“{public_url}” does not begin with http:// or https://"));
        }
        let is_address =
            public_url.parse::<poem::http::Uri>().is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()) && uri.query().is_none());
        if !is_address || public_url.contains('#') {
            return wrong(
                "public-url",
                format!("“{public_url}” is not an address with a host and without “?” and “#”, such as https://hub.example.org"),
            );
        }
        let cors_origins = if flags.cors_origins.is_empty() { file.cors_origins } else { flags.cors_origins.clone() };
        let cors_origins = cors_origins.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let cors_origins: Result<Vec<Origin>> = cors_origins
            .map(|text| match Origin::parse(text) {
                Some(origin) => Ok(origin),
                None => wrong(
                    "cors-origins",
                    format!("“{text}” is not an origin, such as https://app.example.org, in small letters and without a path"),
                ),
            })
            .collect();
        let log = flags.log.clone().or(file.log).unwrap_or_else(|| "info".to_owned());
        if let Err(cause) = tracing_subscriber::EnvFilter::try_new(&log) {
            return wrong("log", cause);
        }
        let keep_log =
            Retention { days: flags.keep_log_days.or(file.keep_log_days), entries: flags.keep_log_entries.or(file.keep_log_entries) };
        for (name, value) in [("keep-log-days", keep_log.days), ("keep-log-entries", keep_log.entries)] {
            if value == Some(0) {
                return wrong(name, "it must not be zero; leave it out to keep everything");
            }
        }
        let check_links_days = flags.check_links_days.or(file.check_links_days);
        if check_links_days == Some(0) {
            return wrong("check-links-days", "it must not be zero; leave it out to ask no link");
        }
        Ok(Self {
            listen: address,
            data_dir,
            database_url,
            documents_url,
            document_text_bytes: document_text_bytes(flags.document_text_bytes.or(file.document_text_bytes))?,
            cors_origins: cors_origins?,
            public_url: public_url.trim_end_matches('/').to_owned(),
            dictionaries: dictionaries(flags.dictionaries.clone().or(file.dictionaries))?,
            log,
            log_json: flags.log_json.or(file.log_json).unwrap_or(false),
            keep_log,
            check_links_days,
            mail: mail(flags.smtp_url.clone().or(file.smtp_url), flags.mail_from.clone().or(file.mail_from))?,
            outbound: outbound(if flags.webhook_networks.is_empty() { &file.webhook_networks } else { &flags.webhook_networks })?,
            limits: limits(file.limits, &flags.limits)?,
            warnings: unknown_variables(),
        })
    }

    /// The index's folder.
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

/// What is to be said of variables that look like settings and are none: slips of the pen, or what Kubernetes tells of a service called `hansa`.
fn unknown_variables() -> Vec<String> {
    let flags = Flags::augment_args(clap::Command::new("hansa"));
    let known: Vec<&str> = flags.get_arguments().filter_map(|flag| flag.get_env()?.to_str()?.strip_prefix("HANSA_")).collect();
    let mut names: Vec<String> = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    names.sort_unstable();
    let unknown = names.iter().filter_map(|name| name.strip_prefix("HANSA_")).filter(|name| {
        let is_another = ["TEST_", "BENCH_"].iter().any(|other| name.starts_with(other));
        !is_another && !known.contains(name)
    });
    unknown
        .map(|name| {
            let perhaps =
                meant(name, known.iter().copied()).map_or_else(|| ".".to_owned(), |meant| format!("; did you mean HANSA_{meant}?"));
            format!("The environment variable HANSA_{name} is no setting and is passed over{perhaps}")
        })
        .collect()
}

fn read_file(path: Option<&Path>) -> Result<FileSettings> {
    let asked = path.is_some();
    let path = path.unwrap_or_else(|| Path::new(FILE));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound && !asked => return Ok(FileSettings::default()),
        Err(cause) => return wrong("config", format!("{} can't be read: {cause}", path.display())),
    };
    toml::from_str(&text).or_else(|cause| {
        let line = cause.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
        let shown = line.and_then(|line| text.lines().nth(line - 1)).unwrap_or_default();
        wrong("config", format!("{}, line {}, “{}”: {}", path.display(), line.unwrap_or(1), shown.trim(), cause.message()))
    })
}

/// Where the spelling dictionaries are. The usual folder need not be there, one that is named must.
fn dictionaries(told: Option<String>) -> Result<Option<PathBuf>> {
    match told.map(PathBuf::from) {
        None => Ok(Some(PathBuf::from("/usr/share/hunspell")).filter(|usual| usual.is_dir())),
        Some(none) if none.as_os_str().is_empty() => Ok(None),
        Some(folder) if folder.is_dir() => Ok(Some(folder)),
        Some(folder) => wrong("dictionaries", format!("{} is not a folder", folder.display())),
    }
}

/// How much of a document's text is read and searched.
fn document_text_bytes(told: Option<u32>) -> Result<u32> {
    let bytes = told.unwrap_or(extract::Limits::default().text_bytes);
    let range = extract::Limits::TEXT_BYTES;
    if range.contains(&bytes) {
        return Ok(bytes);
    }
    wrong("document-text-bytes", format!("it is {bytes}; give {} to {}", range.start(), range.end()))
}

/// Where mail goes out: both settings or none.
fn mail(url: Option<String>, from: Option<String>) -> Result<Option<digests::Settings>> {
    let settings = match (url.filter(|url| !url.is_empty()), from.filter(|from| !from.is_empty())) {
        (Some(url), Some(from)) => digests::Settings { url, from },
        (None, None) => return Ok(None),
        (Some(_), None) => return wrong("mail-from", "“smtp-url” is set, so it must be said whom mail is from: Hansa <hub@example.org>"),
        (None, Some(_)) => {
            return wrong("smtp-url", "“mail-from” is set, so it must be said which server takes mail: smtps://user:password@host");
        }
    };
    match digests::Mailer::new(&settings) {
        Ok(_) => Ok(Some(settings)),
        Err((name, told)) => wrong(name, told),
    }
}

/// Where webhooks may lead: the public internet, and these networks.
fn outbound(networks: &[String]) -> Result<Outbound> {
    let read = networks.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).map(|text| {
        let network = text.parse().or_else(|_| text.parse::<std::net::IpAddr>().map(Into::into));
        network.or_else(|_| wrong("webhook-network", format!("“{text}” is not a network such as 10.0.0.0/8 or fd00::/8")))
    });
    Ok(Outbound { networks: read.collect::<Result<_>>()? })
}

/// The limits: defaults, then the file's table, then `name=value` pairs.
fn limits(mut table: toml::Table, pairs: &[String]) -> Result<Limits> {
    for pair in pairs.iter().filter(|pair| !pair.trim().is_empty()) {
        let Some((name, value)) = pair.split_once('=') else { return wrong("limit", format!("“{pair}” is not name=value")) };
        let Ok(value) = value.trim().parse::<i64>() else {
            return wrong("limit", format!("“{pair}” has no whole number behind the ="));
        };
        table.insert(name.trim().to_owned(), toml::Value::Integer(value));
    }
    for (name, value) in &table {
        let alone: Result<Limits, toml::de::Error> = toml::Table::from_iter([(name.clone(), value.clone())]).try_into();
        alone.or_else(|cause| wrong("limit", format!("“{name}”: {}", cause.message())))?;
    }
    let limits: Limits = table.try_into().or_else(|cause: toml::de::Error| wrong("limit", cause.message()))?;
    limits.check().or_else(|told| wrong("limit", told))?;
    Ok(limits)
}
