//! Running an import: kinds in the order of what they refer to, records in chunks, each chunk one transaction.
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{Ground, Importable, Line, Verdict};
use crate::{
    base::{Ambient, Code, Error, Fault, Id, Kind, Result, refuse},
    domain::{
        Entry, entry_of,
        export::{Exportable, Exporter},
        registry, text,
    },
    files::Files,
    store::{Command, Reader, Record, Request, Tx, Writer},
};

/// Records of one transaction, unless all or nothing was asked for.
const CHUNK: usize = 500;

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Do everything but the commit.
    pub dry_run: bool,
    /// Take all records or none.
    pub atomic: bool,
}

/// How an import went: one verdict for each line, in the lines' order.
#[derive(Debug, Default)]
pub struct Report {
    /// The verdicts.
    pub verdicts: Vec<(Line, Verdict)>,
}

impl Report {
    /// How many lines got this sort of verdict.
    pub fn count(&self, test: impl Fn(&Verdict) -> bool) -> usize {
        self.verdicts.iter().filter(|(_, verdict)| test(verdict)).count()
    }

    /// Whether any line was refused.
    pub fn any_refused(&self) -> bool {
        self.count(|verdict| matches!(verdict, Verdict::Refused(_))) > 0
    }
}

/// A kind's importer, with its types erased. What can be imported can be exported.
pub trait Importer: Exporter {
    /// Keeps the files the lines of one kind bring.
    fn gather<'t>(&'t self, lines: Vec<Line>, ground: &'t mut Ground, files: &'t Files, is_dry: bool) -> BoxFuture<'t, Result<()>>;

    /// Saves the lines of one kind; answers a verdict for each.
    fn save<'t>(&'t self, lines: &'t [Line], ground: &'t mut Ground, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<Vec<Verdict>>>;
}

/// Imports records of type `I`.
pub struct Of<I>(pub std::marker::PhantomData<fn() -> I>);

impl<I: Exportable> Importer for Of<I> {
    fn gather<'t>(&'t self, lines: Vec<Line>, ground: &'t mut Ground, files: &'t Files, is_dry: bool) -> BoxFuture<'t, Result<()>> {
        I::gather(lines, ground, files, is_dry)
    }

    fn save<'t>(&'t self, lines: &'t [Line], ground: &'t mut Ground, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<Vec<Verdict>>> {
        Box::pin(save::<I>(lines, ground, tx))
    }
}

async fn save<I: Importable>(lines: &[Line], ground: &mut Ground, tx: &mut Tx<'_>) -> Result<Vec<Verdict>> {
    let kind = <<I::Row as Record>::Kind as Kind>::NAME;
    I::ready(tx, ground).await?;
    let records: Vec<std::result::Result<I, String>> = lines
        .iter()
        .map(|line| match &line.record {
            Ok(raw) => serde_json::from_str::<I>(raw.get()).map_err(|cause| format!("The record is not a {kind}: {}.", place(&cause))),
            Err(why) => Err(why.clone()),
        })
        .collect();
    I::look(records.iter().filter_map(|record| record.as_ref().ok()).collect(), tx, ground).await?;
    let known: Vec<Uuid> = lines.iter().filter_map(|line| ground.find(kind, &line.slug)).collect();
    let mut rows = stored::<I::Row>(&known, tx).await?;
    let mut texts: HashMap<Uuid, Vec<text::Row>> = HashMap::new();
    if !rows.is_empty() {
        for text in text::translations_of_all(tx, rows.keys().copied()).await? {
            texts.entry(text.subject).or_default().push(text);
        }
    }
    let mut verdicts = Vec::with_capacity(records.len());
    for (record, line) in records.iter().zip(lines) {
        let verdict = match record {
            Err(why) => Verdict::Refused(why.clone()),
            Ok(record) => {
                let id = ground.find(kind, record.slug()).unwrap_or_default();
                let before = rows.remove(&id);
                let was = before.clone();
                let (verdict, row) = one(record, before, texts.get(&id).map_or(&[], Vec::as_slice), ground, tx).await?;
                if verdict == Verdict::Created {
                    for slug in &line.old_slugs {
                        tx.keep_slug(kind, slug, id).await?;
                    }
                }
                // A later line of the same slug starts from what this one saved.
                if let Some(row) = row {
                    ground.note_audience(id, row.audience());
                    let has_moved_others = was.is_some_and(|was| I::moves_others(&was, &row));
                    rows.insert(id, row);
                    if has_moved_others {
                        rows.extend(stored::<I::Row>(&known, tx).await?);
                    }
                }
                verdict
            }
        };
        if matches!(verdict, Verdict::Refused(_)) {
            ground.forget(kind, &line.slug);
        }
        verdicts.push(verdict);
    }
    Ok(verdicts)
}

/// The rows of these ids as this transaction sees them.
async fn stored<R: Record>(ids: &[Uuid], tx: &Tx<'_>) -> Result<HashMap<Uuid, R>> {
    let named = Expr::col((R::Entity::default(), Alias::new("id"))).is_in(ids.iter().copied());
    let rows = tx.all(tx.rows::<R::Entity>().filter(named)).await?;
    Ok(rows.into_iter().map(|row| (row.id().uuid(), row)).collect())
}

async fn one<I: Importable>(
    record: &I,
    before: Option<I::Row>,
    old: &[text::Row],
    ground: &mut Ground,
    tx: &mut Tx<'_>,
) -> Result<(Verdict, Option<I::Row>)> {
    let prepared = match record.prepare(before.as_ref(), ground, tx) {
        Ok(prepared) => prepared,
        Err(Error::Refused(refusals)) => {
            return Ok((Verdict::Refused(refusals.into_iter().map(|refusal| refusal.message).collect::<Vec<_>>().join(" ")), before));
        }
        Err(fault) => return Err(fault),
    };
    let mut row = prepared.row;
    let mut has_changed = false;
    if let Some(texts) = prepared.texts {
        let saved = text::save(tx, row.id().uuid(), &texts.language, texts.original, texts.translations, old, texts.version).await?;
        has_changed = saved.has_changed;
        I::with_texts(&mut row, saved);
    }
    let (verdict, row) = match before {
        None => (Verdict::Created, tx.create(row, &prepared.links)?),
        Some(before) => match tx.change(&before, row, &prepared.links).await? {
            Some(row) => (Verdict::Updated, row),
            None if has_changed => (Verdict::Updated, tx.touch(&before, before.clone(), "translationPublished").await?),
            None => (Verdict::Unchanged, before),
        },
    };
    let moved = record.also(&row, verdict == Verdict::Created, ground, tx).await?;
    Ok((if moved && verdict == Verdict::Unchanged { Verdict::Updated } else { verdict }, Some(row)))
}

/// serde's message without its line and column, which count within the record.
fn place(cause: &serde_json::Error) -> String {
    let told = cause.to_string();
    told.rsplit_once(" at line ").map_or(told.clone(), |(told, _)| told.to_owned())
}

/// One transaction of an import.
struct Chunk {
    /// Kinds in order, each with the places of its lines.
    parts: Vec<(&'static dyn Entry, Vec<Line>)>,
    ground: Arc<Mutex<Ground>>,
    atomic: bool,
    answer: Arc<Mutex<Answer>>,
}

/// What came of a transaction's lines.
#[derive(Default)]
struct Answer {
    verdicts: Vec<Verdict>,
    /// Whether the transaction was given up because of one of these verdicts.
    is_final: bool,
}

impl Command for Chunk {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        // Applied anew after a failed attempt, so it starts from the ground as it was.
        let mut ground = self.ground.lock().clone();
        let mut verdicts = Vec::new();
        for (entry, lines) in &self.parts {
            let Some(importer) = entry.importer() else {
                return Err(Fault::new("a kind without an importer was sorted into a chunk").into());
            };
            verdicts.extend(importer.save(lines, &mut ground, tx).await?);
        }
        let refused = self.atomic && verdicts.iter().any(|verdict| matches!(verdict, Verdict::Refused(_)));
        *self.ground.lock() = ground;
        *self.answer.lock() = Answer { verdicts, is_final: refused };
        if refused { refuse(Code::BadInput, "", "A record was refused, so nothing was taken.") } else { Ok(()) }
    }
}

/// Imports the lines. Faults end it; refusals are verdicts.
pub async fn run(
    writer: &Writer,
    reader: &Reader,
    files: &Files,
    ambient: &dyn Ambient,
    lines: Vec<Line>,
    mut ground: Ground,
    options: Options,
) -> Result<Report> {
    let viewer = reader.viewer();
    let mut verdicts: Vec<Option<Verdict>> = vec![None; lines.len()];
    let mut candidates = HashSet::new();
    let mut first: HashMap<(&str, &str), &Line> = HashMap::new();
    for (line, verdict) in lines.iter().zip(&mut verdicts) {
        match &line.record {
            Err(why) => *verdict = Some(Verdict::Refused(why.clone())),
            Ok(_) if entry_of(&line.kind).and_then(|entry| entry.importer()).is_none() => {
                let kinds: Vec<&str> = registry().iter().filter(|entry| entry.importer().is_some()).map(|entry| entry.kind()).collect();
                *verdict = Some(Verdict::Refused(format!("“kind” is “{}”; it is one of {}.", line.kind, kinds.join(", "))));
            }
            Ok(_) => {
                if let Err(refusal) = crate::base::slug::check(&line.slug, "slug") {
                    *verdict = Some(Verdict::Refused(refusal.message));
                } else if let Some(earlier) = first.insert((&line.kind, &line.slug), line) {
                    *verdict = Some(repeated(earlier, line));
                    first.insert((&line.kind, &line.slug), earlier);
                }
            }
        }
        if let Ok(raw) = &line.record
            && let Ok(value) = serde_json::from_str(raw.get())
        {
            Ground::slugs_in(&value, &mut candidates);
        }
    }
    lay(&mut ground, reader, ambient, &lines, &verdicts, &candidates).await?;
    for entry in registry() {
        let brought: Vec<Line> = lines
            .iter()
            .zip(&verdicts)
            .filter(|(line, verdict)| verdict.is_none() && line.kind == entry.kind())
            .map(|(line, _)| line.clone())
            .collect();
        if let Some(importer) = entry.importer().filter(|_| !brought.is_empty()) {
            importer.gather(brought, &mut ground, files, options.dry_run).await?;
        }
    }
    let chunks = sort(&lines, &verdicts, options.atomic || options.dry_run);
    let ground = Arc::new(Mutex::new(ground));
    let in_one = options.atomic || options.dry_run;
    let mut chunks: VecDeque<Vec<Part>> = chunks.into();
    while let Some(chunk) = chunks.pop_front() {
        let places: Vec<usize> = chunk.iter().flat_map(|(_, places)| places).copied().collect();
        let (before, answer) = (ground.lock().clone(), Arc::new(Mutex::new(Answer::default())));
        let parts = chunk.iter().map(|(entry, places)| (*entry, places.iter().map(|place| lines[*place].clone()).collect())).collect();
        let atomic = options.atomic;
        let already = atomic && verdicts.iter().any(|verdict| matches!(verdict, Some(Verdict::Refused(_))));
        let command = Chunk { parts, ground: ground.clone(), atomic, answer: answer.clone() };
        let request = Request { dry_run: options.dry_run || already, ..Request::by(viewer.clone()) };
        let done = writer.run(request, command).await;
        let answer = std::mem::take(&mut *answer.lock());
        let told = match done {
            Ok(_) => answer.verdicts,
            Err(Error::Refused(_)) if answer.is_final => answer.verdicts,
            Err(Error::Refused(_)) if places.len() > 1 && !in_one => {
                // One of them was refused by the database itself: it is looked for, and the others go on.
                *ground.lock() = before;
                halves(&chunk).into_iter().rev().for_each(|half| chunks.push_front(half));
                continue;
            }
            Err(Error::Refused(refusals)) => {
                let told = Error::Refused(refusals).told();
                *ground.lock() = before;
                for place in &places {
                    if let Some(entry) = entry_of(&lines[*place].kind) {
                        ground.lock().forget(entry.kind(), &lines[*place].slug);
                    }
                }
                places.iter().map(|_| Verdict::Refused(told.clone())).collect()
            }
            Err(fault) => return Err(fault),
        };
        for (place, told) in places.into_iter().zip(told) {
            verdicts[place] = Some(told);
        }
    }
    let verdicts = verdicts.into_iter().map(|verdict| verdict.unwrap_or_else(|| Verdict::Refused("It was not reached.".to_owned())));
    Ok(Report { verdicts: lines.into_iter().zip(verdicts).collect() })
}

/// A record that stands in one import twice: the same again says nothing new, and of two that differ nobody knows which
/// one is meant.
fn repeated(earlier: &Line, line: &Line) -> Verdict {
    let text = |line: &Line| line.record.as_ref().map(|raw| raw.get().to_owned()).ok();
    if text(earlier) == text(line) {
        return Verdict::Unchanged;
    }
    let place = format!("{}:{}", earlier.file.display(), earlier.number);
    Verdict::Refused(format!("The {} “{}” stands in {place} already, and otherwise; an import has each record once.", line.kind, line.slug))
}

/// Finds the ids behind the slugs: those in the database, and new ones for what the import brings.
async fn lay(
    ground: &mut Ground,
    reader: &Reader,
    ambient: &dyn Ambient,
    lines: &[Line],
    verdicts: &[Option<Verdict>],
    candidates: &HashSet<String>,
) -> Result<()> {
    let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    let mut candidates = candidates;
    candidates.sort_unstable();
    for entry in registry() {
        for some in candidates.chunks(10_000) {
            let mut query = Query::select();
            query
                .columns(["id", "slug", "audience"].map(Alias::new))
                .from(Alias::new(entry.kind()))
                .and_where(Expr::col(Alias::new("slug")).is_in(some.iter().copied()));
            for row in reader.query(&query).await? {
                let id: Uuid = row.get("id")?;
                ground.note(entry.kind(), row.get("slug")?, id, false);
                ground.note_audience(id, &row.get("audience")?);
            }
        }
    }
    for (line, _) in lines.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
        if let Some(entry) = entry_of(&line.kind)
            && ground.find(entry.kind(), &line.slug).is_none()
        {
            ground.note(entry.kind(), line.slug.clone(), ambient.uuid(), true);
        }
    }
    Ok(())
}

type Part = (&'static dyn Entry, Vec<usize>);

/// A chunk of one kind in two.
fn halves(chunk: &[Part]) -> Vec<Vec<Part>> {
    let mut halves = Vec::new();
    for (entry, places) in chunk {
        let (first, second) = places.split_at(places.len() / 2);
        halves.extend([first, second].into_iter().filter(|half| !half.is_empty()).map(|half| vec![(*entry, half.to_vec())]));
    }
    halves
}

/// Sorts the lines by kind, in the registry's order, and within a kind so that what others name comes first.
fn sort(lines: &[Line], verdicts: &[Option<Verdict>], in_one: bool) -> Vec<Vec<Part>> {
    let mut chunks: Vec<Vec<Part>> = Vec::new();
    for entry in registry() {
        let mut places: Vec<usize> =
            (0..lines.len()).filter(|place| verdicts[*place].is_none() && lines[*place].kind == entry.kind()).collect();
        if places.is_empty() {
            continue;
        }
        parents_first(lines, &mut places);
        if in_one {
            match chunks.first_mut() {
                Some(chunk) => chunk.push((*entry, places)),
                None => chunks.push(vec![(*entry, places)]),
            }
        } else {
            chunks.extend(places.chunks(CHUNK).map(|some| vec![(*entry, some.to_vec())]));
        }
    }
    chunks
}

#[derive(serde::Deserialize)]
struct Parented {
    parent: Option<String>,
}

/// Orders lines so that a record comes after the one its `parent` names.
fn parents_first(lines: &[Line], places: &mut [usize]) {
    let parents: HashMap<&str, String> = places
        .iter()
        .filter_map(|place| {
            let raw = lines[*place].record.as_ref().ok()?;
            let parent = serde_json::from_str::<Parented>(raw.get()).ok()?.parent?;
            Some((lines[*place].slug.as_str(), parent))
        })
        .collect();
    if parents.is_empty() {
        return;
    }
    places.sort_by_key(|place| {
        let mut slug = lines[*place].slug.as_str();
        let mut depth = 0;
        while let Some(parent) = parents.get(slug) {
            depth += 1;
            slug = parent;
            // A circle has no first one; the kind itself refuses it.
            if depth > 64 {
                break;
            }
        }
        depth
    });
}

/// The id of a record's own thing: the one that is there, or the one the import gave it.
pub fn own_id<K: Kind>(before: Option<Id<K>>, ground: &Ground, slug: &str) -> Id<K> {
    before.unwrap_or_else(|| Id::new(ground.find(K::NAME, slug).unwrap_or_default()))
}
