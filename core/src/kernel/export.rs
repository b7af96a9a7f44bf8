//! Export: everything the hub keeps, as JSON Lines that [`super::import`] takes, and the documents' files beside them.
//!
//! A folder holds `practice.jsonl` and so on, one file a kind, records in the order of their slugs, and `files/` with each
//! content once under its SHA-256. All of it is of one moment, whoever writes meanwhile, so every slug a record names is
//! there. Ids, versions, the past and tokens stay behind: slugs are the natural keys, and a secret is nobody's to copy.
use std::{
    collections::{BTreeSet, HashMap},
    fs::{self, DirBuilder, File},
    io::{BufWriter, Write},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use futures_util::{StreamExt, future::BoxFuture};
use sea_orm::ModelTrait;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{
    Kinds, Relates,
    import::{Importable, NamedRecord, Of, TextsRecord},
    text::{self, Written},
};
use crate::{
    access::{Audience, Scope},
    base::{Code, Error, Fault, Id, Kind, Result, refuse},
    files::Files,
    store::{Join, Reader, Record},
};

/// Records read at once.
const TOGETHER: usize = 500;
/// Where the files stand, below the folder.
const FILES: &str = "files";

/// A record that can be made again of what is kept: importing it into an empty hub keeps the same.
pub trait Exportable: Importable + Serialize {
    /// The records of these rows, in their order.
    fn of_all(rows: Vec<Self::Row>, context: &ExportContext) -> impl Future<Output = Result<Vec<Self>>> + Send;
}

/// A kind's exporter, with its types erased.
pub trait Exporter: Sync {
    /// The records of these ids, in their order.
    fn records<'t>(&'t self, ids: &'t [Uuid], context: &'t ExportContext) -> BoxFuture<'t, Result<Vec<Value>>>;
}

impl<I: Exportable> Exporter for Of<I> {
    fn records<'t>(&'t self, ids: &'t [Uuid], context: &'t ExportContext) -> BoxFuture<'t, Result<Vec<Value>>> {
        Box::pin(async move {
            let rows = context.reader.by_ids::<<I::Row as ModelTrait>::Entity>(ids).await?;
            let mut rows: HashMap<Uuid, I::Row> = rows.into_iter().map(|row| (row.id().uuid(), row)).collect();
            let rows = ids.iter().filter_map(|id| rows.remove(id)).collect();
            I::of_all(rows, context).await?.iter().map(|record| Ok(serde_json::to_value(record)?)).collect()
        })
    }
}

/// The slugs behind all ids, and what records of several kinds are made of.
pub struct ExportContext {
    reader: Reader,
    slugs: HashMap<Uuid, String>,
}

impl ExportContext {
    /// Of everything there is.
    pub async fn of(kinds: Kinds, reader: &Reader) -> Result<Self> {
        let mut slugs = HashMap::new();
        for entry in kinds.iter() {
            slugs.extend(reader.every_slug(entry.kind()).await?);
        }
        Ok(Self { reader: reader.clone(), slugs })
    }

    /// Who reads it all.
    pub const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The slug of a thing.
    pub fn slug<K: Kind>(&self, id: Id<K>) -> Result<String> {
        self.name(id.uuid())
    }

    /// The slug of a thing, if there is one.
    pub fn maybe<K: Kind>(&self, id: Option<Id<K>>) -> Result<Option<String>> {
        id.map(|id| self.slug(id)).transpose()
    }

    /// The slug of a thing of whatever kind.
    pub fn name(&self, id: Uuid) -> Result<String> {
        Ok(self.slugs.get(&id).cloned().ok_or_else(|| Fault::new(format!("there is nothing with the id {id}")))?)
    }

    /// An audience with the slug of what it is of.
    pub fn audience(&self, audience: &Audience) -> Result<String> {
        let (scope, id) = audience.parts();
        let party = |scope: Scope, id| Ok::<_, Error>(format!("{}:{}", scope.word(), self.name(id)?));
        Ok(match (id, audience.second()) {
            (Some(id), Some((second, other))) => format!("{}+{}", party(scope, id)?, party(second, other)?),
            (Some(id), None) => party(scope, id)?,
            (None, _) => scope.word().to_owned(),
        })
    }

    /// The slugs a join links each of these rows to, in their order.
    pub async fn links<R: Record>(&self, join: &Join, rows: &[R]) -> Result<HashMap<Uuid, Vec<String>>> {
        let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
        for (left, right) in self.reader.linked(join, &ids(rows)).await? {
            found.entry(left).or_default().push(self.name(right)?);
        }
        Ok(found)
    }

    /// The texts of these things.
    pub async fn texts(&self, ids: &[Uuid]) -> Result<WrittenTexts> {
        Ok(WrittenTexts(text::of_all(&self.reader, ids).await?))
    }

    /// The records of these rows, each made of the row and the slugs of what its relations name.
    pub async fn records<T: Relates, I>(&self, rows: Vec<T::Row>, record: impl Fn(T::Row, NamedRecord<T>) -> Result<I>) -> Result<Vec<I>> {
        let named = NamedRecord::of_all(&rows, self).await?;
        rows.into_iter().zip(named).map(|(row, named)| record(row, named)).collect()
    }

    /// The same of a kind with texts.
    pub async fn written_records<T: Relates + Written, I>(
        &self,
        rows: Vec<T::Row>,
        mut record: impl FnMut(T::Row, NamedRecord<T>, TextsRecord<T>) -> Result<I>,
    ) -> Result<Vec<I>> {
        let named = NamedRecord::of_all(&rows, self).await?;
        let texts = self.texts(&ids(&rows)).await?;
        let record = |(row, named)| {
            let texts = TextsRecord::of(&row, &texts);
            record(row, named, texts)
        };
        rows.into_iter().zip(named).map(record).collect()
    }
}

/// The texts of some things, originals and translations.
#[derive(Default)]
pub struct WrittenTexts(HashMap<Uuid, Vec<text::Row>>);

impl WrittenTexts {
    /// The parts of a thing's original; none where it has no text.
    pub fn original(&self, id: Uuid) -> text::Fields {
        let original = self.0.get(&id).and_then(|texts| texts.iter().find(|text| text.is_original));
        original.map(|text| text.fields.0.clone()).unwrap_or_default()
    }

    /// The translations of a thing by language.
    pub fn translations(&self, id: Uuid) -> Vec<&text::Row> {
        let mut translations: Vec<_> = self.0.get(&id).into_iter().flatten().filter(|text| !text.is_original).collect();
        translations.sort_by(|a, b| a.language.cmp(&b.language));
        translations
    }
}

fn ids<R: Record>(rows: &[R]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id().uuid()).collect()
}

/// Where a content stands below the folder.
pub fn file(sha256: &str) -> PathBuf {
    Path::new(FILES).join(sha256)
}

/// The checksum of a content that is named as exports name it.
pub fn checksum_of(path: &Path) -> Option<&str> {
    path.strip_prefix(FILES)
        .ok()?
        .to_str()
        .filter(|name| name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Records of all kinds.
    pub records: u64,
    /// Contents of documents.
    pub files: u64,
    /// Bytes of these contents.
    pub bytes: u64,
}

/// Writes everything into a folder that is not there yet or is empty; it stands there whole or not at all. `reader` sees
/// everything.
pub async fn run(kinds: Kinds, reader: &Reader, files: &Files, folder: &Path) -> Result<Exported> {
    let is_free =
        fs::read_dir(folder).map_or_else(|cause| cause.kind() == std::io::ErrorKind::NotFound, |mut inside| inside.next().is_none());
    if !is_free {
        return refuse(
            Code::BadInput,
            "dir",
            format!("{} is not an empty folder; name one that is empty or not there yet.", folder.display()),
        );
    }
    let Some(name) = folder.file_name() else {
        return refuse(Code::BadInput, "dir", format!("{} has no name of its own; name a new folder.", folder.display()));
    };
    let mut unfinished = name.to_owned();
    unfinished.push(".unfinished");
    let unfinished = folder.with_file_name(unfinished);
    // What an export that was cut off left behind.
    let _ = fs::remove_dir_all(&unfinished);
    // Drafts and addresses of people are in it: nobody else's to read.
    let made = DirBuilder::new().recursive(true).mode(0o700).create(unfinished.join(FILES));
    made.or_else(|cause| refuse(Code::BadInput, "dir", format!("{} can't be made: {cause}.", folder.display())))?;
    let written = write(kinds, &reader.at_this_moment().await?, files, &unfinished).await;
    let moved = written.and_then(|written| Ok(fs::rename(&unfinished, folder).map(|()| written)?));
    if moved.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    moved
}

async fn write(kinds: Kinds, reader: &Reader, files: &Files, folder: &Path) -> Result<Exported> {
    let mut exported = Exported::default();
    let mut context = ExportContext { reader: reader.clone(), slugs: HashMap::new() };
    let mut all_ids = Vec::new();
    for entry in kinds.iter() {
        let mut all = reader.every_slug(entry.kind()).await?;
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all_ids.push((entry, all.iter().map(|(id, _)| *id).collect::<Vec<Uuid>>()));
        context.slugs.extend(all);
    }
    for (entry, all) in all_ids {
        let Some(importer) = entry.importer().filter(|_| !all.is_empty()) else { continue };
        let mut old = HashMap::<Uuid, BTreeSet<String>>::new();
        for (id, slug) in reader.old_slugs(entry.kind()).await? {
            old.entry(id).or_default().insert(slug);
        }
        let mut lines = BufWriter::new(File::create(folder.join(format!("{}.jsonl", entry.kind())))?);
        for some in all.chunks(TOGETHER) {
            for (id, mut record) in some.iter().zip(importer.records(some, &context).await?) {
                if let (Some(old), Value::Object(fields)) = (old.remove(id), &mut record) {
                    fields.insert("old_slugs".to_owned(), old.into_iter().collect());
                }
                writeln!(lines, "{}", line(entry.kind(), record)?)?;
                exported.records += 1;
            }
        }
        lines.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    }
    for sha256 in reader.checksums().await? {
        exported.bytes += copy(files, &sha256, &folder.join(file(&sha256))).await?;
        exported.files += 1;
    }
    Ok(exported)
}

/// A record's line: its kind first, and without what is not known.
fn line(kind: &str, mut record: Value) -> Result<String> {
    strip(&mut record);
    let fields = serde_json::to_string(&record)?;
    Ok(format!("{{\"kind\":\"{kind}\",{}", fields.strip_prefix('{').unwrap_or(&fields)))
}

/// Takes out nulls, and lists and objects with nothing in them.
fn strip(value: &mut Value) {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(fields) => {
            fields.values_mut().for_each(strip);
            fields.retain(|_, value| !is_nothing(value));
        }
        _ => {}
    }
}

async fn copy(files: &Files, sha256: &str, to: &Path) -> Result<u64> {
    let Some(mut opened) = files.open_at(sha256, None).await? else {
        let message = format!("A document's file is missing in {}: {sha256}. Restore it from a backup.", files.place());
        return refuse(Code::NotFound, "files", message);
    };
    let mut file = File::create(to)?;
    while let Some(piece) = opened.bytes.next().await {
        file.write_all(&piece?)?;
    }
    file.sync_all()?;
    Ok(opened.size)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_begins_with_its_kind_and_leaves_out_what_is_not_known() {
        let record =
            json!({ "slug": "ghent", "themes": [], "aliases": [{ "name": "Gand", "source": null }], "profile": null, "labels": {} });
        assert_eq!(line("city", record).unwrap(), r#"{"kind":"city","aliases":[{"name":"Gand"}],"slug":"ghent"}"#);
    }
}
