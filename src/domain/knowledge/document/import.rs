//! Importing documents: their files are kept before any transaction, then their rows are saved.
use std::{
    fs::File,
    io::{self, Cursor},
    path::{Component, Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, future::BoxFuture};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Document, Row, file,
    row::{DocumentKind, State},
    text,
};
use crate::{
    domain::about,
    extract::{self, Limits},
    files::{Files, Measured, Source},
    kernel::{
        export,
        import::{Alternatives, KeptFile, Line},
        prelude::import::*,
    },
};

/// Files kept with one flush to disk.
const TOGETHER: usize = 2_000;
/// Such lots on their way at once.
const LOTS: usize = 2;

/// An earlier version of a document's file.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct EarlierFile {
    file: PathBuf,
    file_name: Option<String>,
}

/// A record of a document. Without `audience` it is as wide as what it is about; it is published, unless it has a narrow
/// audience of its own and no day of publication, or says otherwise.
#[derive(Deserialize, Serialize)]
pub struct DocumentRecord {
    slug: String,
    /// What its author takes it for; what is kept is found from the content.
    media_type: Option<String>,
    about: String,
    #[serde(default)]
    document_kind: DocumentKind,
    text: Option<String>,
    file: Option<PathBuf>,
    file_name: Option<String>,
    /// Where it is on another site.
    url: Option<String>,
    /// The versions before it, the oldest first: a new document has them, one that is there keeps its own.
    #[serde(default)]
    earlier_files: Vec<EarlierFile>,
    published_on: Option<Date>,
    audience: Option<String>,
    state: Option<State>,
    #[serde(flatten)]
    columns: ColumnsRecord<Document>,
    /// Set while it is prepared: whether its file is new to the document.
    #[serde(skip)]
    brings_file: AtomicBool,
}

impl DocumentRecord {
    /// The content it brings, and its name; `folder` is that of the record's own file. A link brings none.
    fn source(&mut self, folder: &Path) -> std::result::Result<Option<(Source, String)>, String> {
        match (self.text.take(), &self.file, &self.url) {
            (Some(text), None, None) if !text.is_empty() => {
                let name = format!("{}.{}", self.slug, ending(self.media_type.as_deref()));
                Ok(Some((Source::Bytes(Bytes::from(text)), self.file_name.take().unwrap_or(name))))
            }
            (None, Some(file), None) => {
                let (source, name) = below(folder, file)?;
                Ok(Some((source, self.file_name.take().unwrap_or(name))))
            }
            (None, None, Some(_)) => Ok(None),
            _ => Err("A document has one of “text”, “file” and “url”, and it is not empty.".to_owned()),
        }
    }

    /// How many files it has had, with the one it brings.
    fn file_version(&self, before: Option<&Row>) -> i64 {
        let brought = i64::from(self.brings_file.load(Ordering::Relaxed));
        before.map_or(self.earlier_files.len() as i64, |row| row.file_version) + brought
    }

    fn state(&self, row: &Row) -> State {
        let is_kept_back = self.audience.is_some() && !row.audience.is_public() && self.published_on.is_none();
        match self.state {
            Some(state) => state,
            None if row.withdrawn_reason.is_some() => State::Withdrawn,
            None if is_kept_back => State::Draft,
            None => State::Published,
        }
    }
}

/// A file a record names, and its name for people. Neither dots nor links lead out of the folder.
fn below(folder: &Path, file: &Path) -> std::result::Result<(Source, String), String> {
    let outside = || format!("“file” is “{}”; it is a path below the folder of the .jsonl file.", file.display());
    let is_below = file.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let name = file.file_name().filter(|_| is_below).ok_or_else(outside)?;
    let path = folder.join(file);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // What is not there is told when it is read.
    if let (Ok(path), Ok(folder)) = (path.canonicalize(), folder.canonicalize())
        && !path.starts_with(folder)
    {
        return Err(outside());
    }
    Ok((Source::Path(path), name.to_string_lossy().into_owned()))
}

/// The content that the store has already, where a record names it as exports do and brings no such file: of a record that keeps what it
/// does not tell.
async fn known(source: &Source, file: Option<&Path>, files: &Files) -> Result<Option<Measured>> {
    let (Source::Path(path), Some(sha256)) = (source, file.and_then(export::checksum_of)) else { return Ok(None) };
    if path.exists() { Ok(None) } else { files.measure(sha256).await }
}

/// Under which key the files of a record are noted: the newest under the slug, those before it under their version.
fn version_key(slug: &str, version: usize) -> String {
    format!("{slug}#{version}")
}

/// A file that was kept for a record.
fn kept<'g>(context: &'g ImportContext, key: &str) -> Result<&'g KeptFile> {
    match context.files.get(key) {
        Some(Ok(file)) => Ok(file),
        Some(Err(why)) => refuse(Code::BadInput, "file", why.clone()),
        None => refuse(Code::BadInput, "file", "The document's file was not read."),
    }
}

/// The ending of a text's name, by the media type its author takes it for.
fn ending(media_type: Option<&str>) -> &'static str {
    match media_type.map(|of| of.split(';').next().unwrap_or_default().trim()) {
        Some("text/markdown") => "md",
        Some("text/html") => "html",
        Some("text/csv") => "csv",
        Some("text/tab-separated-values") => "tsv",
        Some("application/json") => "json",
        _ => "txt",
    }
}

impl Importable for DocumentRecord {
    type Row = Row;

    const ALTERNATIVES: Option<Alternatives> = Some(Alternatives { of: &["text", "file", "url"], with: &["file_name", "media_type"] });

    fn gather<'t>(lines: Vec<Line>, context: &'t mut ImportContext, files: &'t Files, is_dry: bool) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            let lots: Vec<Vec<Line>> = lines.chunks(TOGETHER).map(<[Line]>::to_vec).collect();
            let kept = futures_util::stream::iter(lots).map(|lot| keep(lot, files, is_dry)).buffered(LOTS);
            let kept: Vec<Vec<(String, std::result::Result<KeptFile, String>)>> = kept.try_collect().await?;
            Arc::make_mut(&mut context.files).extend(kept.into_iter().flatten());
            Ok(())
        })
    }

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(about::look(records.into_iter().map(|record| &*record.about), tx, context))
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let subject = about::named(&self.about, context)?;
        let belonging = context.known.get(&subject.id).cloned().unwrap_or_default();
        let audience = about::recorded_audience(self.audience.as_deref(), &[subject.id], context)?;
        let link = self.url.as_ref().map(|url| url.trim().to_owned());
        // Why a record brings nothing is noted where its file would be.
        let file = if link.is_some() && !context.files.contains_key(&self.slug) {
            KeptFile::default()
        } else {
            kept(context, &self.slug)?.clone()
        };
        for version in 1..=self.earlier_files.len() {
            kept(context, &version_key(&self.slug, version))?;
        }
        self.brings_file.store(link.is_none() && before.is_none_or(|row| row.sha256 != file.sha256), Ordering::Relaxed);
        let today = before.and_then(|row| row.published_on.clone()).unwrap_or_else(|| Json(tx.now().day()));
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            document_kind: self.document_kind,
            about_kind: subject.kind.to_owned(),
            about: subject.id,
            link,
            media_type: file.media_type,
            size: file.size,
            sha256: file.sha256,
            file_name: file.file_name,
            file_version: self.file_version(before),
            published_at: before.map_or(tx.now(), |row| row.published_at),
            belongs: match before.filter(|row| row.about == subject.id) {
                Some(row) => row.belongs.clone(),
                None => Json(belonging.belongs),
            },
            owners: Json(belonging.owners),
        });
        self.columns.put(&mut row);
        row.state = self.state(&row);
        row.published_on = self.published_on.map(Json).or_else(|| (row.state != State::Draft).then_some(today));
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts: None })
    }

    fn also<'t>(&'t self, row: &'t Row, is_new: bool, context: &'t ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async move {
            for version in (1..=self.earlier_files.len()).filter(|_| is_new) {
                let file = kept(context, &version_key(&self.slug, version))?;
                tx.part(None, file::Model::earlier(row, version as i64, file, tx.now())).await?;
            }
            if !self.brings_file.load(Ordering::Relaxed) {
                return Ok(false);
            }
            tx.part(None, file::Model::newest(row, tx.now(), None)).await?;
            // A plain text needs no reader: it can be searched from the commit on. One that a setting may cut is read as files are.
            let longest = *Limits::TEXT_BYTES.start() as usize;
            if let Some(words) = self.text.as_ref().filter(|words| row.media_type == "text/plain" && words.len() <= longest) {
                let found = extract::plain_text(words, longest);
                let found = text::Model::of(row.sha256.clone(), Ok(found)).map(|text| text::Model { at: tx.now(), ..text });
                found.into_iter().for_each(|text| tx.derived(text));
            }
            Ok(false)
        })
    }
}

impl Exportable for DocumentRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let mut versions = file::of_all(context.reader(), rows.iter().map(|row| row.id.uuid()).collect()).await?;
        let earlier = |file: file::Model| EarlierFile { file: export::file(&file.sha256), file_name: Some(file.file_name) };
        let record = |row: Row| {
            let mut versions = versions.remove(&row.id.uuid()).unwrap_or_default();
            versions.retain(|version| row.link.is_some() || version.file_version < row.file_version);
            versions.reverse();
            Ok(Self {
                media_type: row.of_file(row.media_type.clone()),
                about: format!("{}:{}", row.about_kind, context.name(row.about)?),
                audience: Some(context.audience(&row.audience)?),
                file: row.of_file(export::file(&row.sha256)),
                file_name: row.of_file(row.file_name.clone()),
                earlier_files: versions.into_iter().map(earlier).collect(),
                text: None,
                columns: ColumnsRecord::of(&row),
                slug: row.slug,
                url: row.link,
                document_kind: row.document_kind,
                published_on: row.published_on.map(|day| day.0),
                state: Some(row.state),
                brings_file: AtomicBool::default(),
            })
        };
        rows.into_iter().map(record).collect()
    }
}

/// Keeps the files of some records, and tells of each by its document's slug what came of it.
async fn keep(lines: Vec<Line>, files: &Files, is_dry: bool) -> Result<Vec<(String, std::result::Result<KeptFile, String>)>> {
    let (mut brought, mut sources, mut names, mut told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        let Ok(raw) = &line.record else { continue };
        // What is no document at all is refused with its own words later.
        let Ok(mut record) = serde_json::from_str::<DocumentRecord>(raw.get()) else { continue };
        let folder = line.file.parent().unwrap_or_else(|| Path::new(""));
        for (index, earlier) in record.earlier_files.iter().enumerate() {
            let key = version_key(&record.slug, index + 1);
            brought.push((
                key,
                Some(earlier.file.clone()),
                below(folder, &earlier.file).map(|(source, name)| (source, earlier.file_name.clone().unwrap_or(name))),
            ));
        }
        if let Some(source) = record.source(folder).transpose() {
            brought.push((record.slug, record.file, source));
        }
    }
    for (key, file, source) in brought {
        match source {
            Ok((source, name)) => match known(&source, file.as_deref(), files).await? {
                Some(measured) => {
                    let kept = kept_file(&source, measured, name.clone());
                    told.push((key, kept.map_err(|cause| format!("The file “{name}” can't be read: {cause}."))));
                }
                None => {
                    sources.push(source);
                    names.push((key, name));
                }
            },
            Err(why) => told.push((key, Err(why))),
        }
    }
    let kept_from = sources.clone();
    let measured = if is_dry { files.measure_all(sources).await? } else { files.keep_all(sources).await? };
    for (((slug, file_name), source), measured) in names.into_iter().zip(kept_from).zip(measured) {
        let kept = match measured.and_then(|found| kept_file(&source, found, file_name.clone())) {
            Ok(kept) => Ok(kept),
            Err(cause) => Err(format!("The file “{file_name}” can't be read: {cause}.")),
        };
        told.push((slug, kept));
    }
    Ok(told)
}

fn kept_file(source: &Source, found: Measured, file_name: String) -> io::Result<KeptFile> {
    Ok(KeptFile {
        media_type: media_type(source, &found.head, &file_name)?.to_owned(),
        sha256: found.sha256,
        size: i64::try_from(found.size).unwrap_or(i64::MAX),
        file_name,
    })
}

/// The media type of a content: its beginning tells it, but for zips.
fn media_type(source: &Source, head: &[u8], file_name: &str) -> io::Result<&'static str> {
    match source {
        Source::Path(path) if extract::is_zip(head) => extract::media_type(&mut File::open(path)?, Some(file_name)),
        Source::Bytes(bytes) if extract::is_zip(head) => extract::media_type(&mut Cursor::new(bytes), Some(file_name)),
        _ => extract::media_type(&mut Cursor::new(head), Some(file_name)),
    }
}
