//! Running an import: kinds in the order of what they refer to, records in chunks, each chunk one transaction; on PostgreSQL one chunk is
//! made ready while the one before it is kept.
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};

use parking_lot::Mutex;
use tokio::{sync::oneshot, task::JoinHandle};

use super::{ImportContext, Line, Verdict, fields, save::told};
use crate::{
    base::{Ambient, Code, Error, Fault, Result, refuse},
    files::Files,
    kernel::{Entry, Kinds},
    store::{Command, Done, Reader, Request, Surface, Tx, Writer},
};

/// Records of one transaction, unless all or nothing was asked for.
const CHUNK: usize = 500;
/// Chunks under way at once, where the database takes several writers: the hub makes one ready while the database keeps the other.
const AT_ONCE: usize = 2;

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Do everything but the commit.
    pub dry_run: bool,
    /// Take all records or none.
    pub atomic: bool,
    /// Refuse records with fields that their kind does not know, in place of a warning.
    pub strict: bool,
    /// Leave what a record does not tell as it is, in place of emptying it.
    pub keep_missing: bool,
}

/// How an import went: one verdict for each line, in the lines' order.
#[derive(Debug, Default)]
pub struct Report {
    /// The verdicts.
    pub verdicts: Vec<(Line, Verdict)>,
    /// What lines say that nobody reads, each with the line's place among the verdicts.
    pub warnings: Vec<(usize, String)>,
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

/// One transaction of an import.
struct Chunk {
    /// Kinds in order, each with the places of its lines.
    parts: Vec<(&'static dyn Entry, Vec<Line>)>,
    context: Arc<Mutex<ImportContext>>,
    atomic: bool,
    answer: Arc<Mutex<Answer>>,
    /// Told when it was applied for the first time, before it is kept.
    applied: Mutex<Option<oneshot::Sender<()>>>,
}

/// A chunk that the writer has.
struct Sent {
    chunk: Vec<Part>,
    places: Vec<usize>,
    /// The context it started from.
    before: ImportContext,
    answer: Arc<Mutex<Answer>>,
    applied: Option<oneshot::Receiver<()>>,
    done: JoinHandle<Result<Done<()>>>,
}

impl Sent {
    fn new(
        writer: &Writer,
        request: &Request,
        chunk: Vec<Part>,
        lines: &[Line],
        context: &Arc<Mutex<ImportContext>>,
        atomic: bool,
    ) -> Self {
        let (before, answer) = (context.lock().clone(), Arc::new(Mutex::new(Answer::default())));
        let (applied, heard) = oneshot::channel();
        let parts = chunk.iter().map(|(entry, places)| (*entry, places.iter().map(|place| lines[*place].clone()).collect())).collect();
        let command = Chunk { parts, context: context.clone(), atomic, answer: answer.clone(), applied: Mutex::new(Some(applied)) };
        let (writer, request) = (writer.clone(), request.clone());
        let done = tokio::spawn(async move { writer.run(request, command).await });
        let places = chunk.iter().flat_map(|(_, places)| places).copied().collect();
        Self { chunk, places, before, answer, applied: Some(heard), done }
    }

    /// Whether the next chunk needs nothing of this one that only a commit gives: both are of one kind, and nothing stands below another.
    fn may_be_followed_by(&self, next: &[Part], lines: &[Line]) -> bool {
        let is_flat = |place: &usize| {
            let raw = lines[*place].record.as_ref().ok();
            raw.and_then(|raw| serde_json::from_str::<Parented>(raw.get()).ok()).is_none_or(|told| told.parent.is_none())
        };
        match (self.chunk.as_slice(), next) {
            ([(one, _)], [(other, places)]) => one.kind() == other.kind() && places.iter().all(is_flat),
            _ => false,
        }
    }

    /// Returns when it was applied, or failed.
    async fn is_applied(&mut self) {
        if let Some(applied) = self.applied.take() {
            let _ = applied.await;
        }
    }
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
        let mut context = self.context.lock().clone();
        let mut verdicts = Vec::new();
        for (entry, lines) in &self.parts {
            let Some(importer) = entry.importer() else {
                return Err(Fault::new("a kind without an importer was sorted into a chunk").into());
            };
            verdicts.extend(importer.save(lines, &mut context, tx).await?);
        }
        let refused = self.atomic && verdicts.iter().any(|verdict| matches!(verdict, Verdict::Refused(_)));
        *self.answer.lock() = Answer { verdicts, is_final: refused };
        // Applied anew it notes nothing new, and the next chunk may have noted more by then.
        if let Some(applied) = self.applied.lock().take() {
            *self.context.lock() = context;
            // Whoever sent it may not listen.
            let _ = applied.send(());
        }
        if refused { refuse(Code::BadInput, "", "A record was refused, so nothing was taken.") } else { Ok(()) }
    }
}

/// What an import runs with.
pub struct Import<'a> {
    /// The kinds there are.
    pub kinds: Kinds,
    /// Saves the records.
    pub writer: &'a Writer,
    /// Reads as whoever imports.
    pub reader: &'a Reader,
    /// Takes the files that records bring.
    pub files: &'a Files,
    /// Gives new things their ids.
    pub ambient: &'a dyn Ambient,
}

/// Imports the lines. Faults end it; refusals are verdicts.
pub async fn run(with: &Import<'_>, lines: Vec<Line>, options: Options) -> Result<Report> {
    let Import { kinds, writer, reader, files, .. } = *with;
    let lines = if options.keep_missing { fields::kept(kinds, reader, lines).await? } else { lines };
    let mut warnings = Vec::new();
    let mut context = ImportContext::default();
    let viewer = reader.viewer();
    let mut verdicts: Vec<Option<Verdict>> = vec![None; lines.len()];
    let mut candidates = HashSet::new();
    let mut first: HashMap<(&str, &str), &Line> = HashMap::new();
    for (place, (line, verdict)) in lines.iter().zip(&mut verdicts).enumerate() {
        match &line.record {
            Err(why) => *verdict = Some(Verdict::Refused(why.clone())),
            Ok(_) if kinds.of(&line.kind).and_then(|entry| entry.importer()).is_none() => {
                let names: Vec<&str> = kinds.iter().filter(|entry| entry.importer().is_some()).map(|entry| entry.kind()).collect();
                *verdict = Some(Verdict::Refused(format!("“kind” is “{}”; it is one of {}.", line.kind, names.join(", "))));
            }
            Ok(_) => {
                if let Err(refusal) = crate::base::slug::check(&line.slug, "slug") {
                    *verdict = Some(Verdict::Refused(told(&[refusal])));
                } else if let Some(earlier) = first.insert((&line.kind, &line.slug), line) {
                    *verdict = Some(repeated(earlier, line));
                    first.insert((&line.kind, &line.slug), earlier);
                }
                let unknown = kinds.of(&line.kind).and_then(|entry| entry.importer()).map(|importer| importer.unknown(line));
                match unknown.unwrap_or_default() {
                    unknown if unknown.is_empty() => {}
                    unknown if options.strict => *verdict = Some(Verdict::Refused(unknown.join(" "))),
                    unknown => warnings.extend(unknown.into_iter().map(|told| (place, told))),
                }
            }
        }
        if let Ok(raw) = &line.record
            && let Ok(value) = serde_json::from_str(raw.get())
        {
            ImportContext::slugs_in(&value, &mut candidates);
        }
    }
    resolve_slugs(with, &mut context, &lines, &verdicts, &candidates).await?;
    for entry in kinds.iter() {
        let brought: Vec<Line> = lines
            .iter()
            .zip(&verdicts)
            .filter(|(line, verdict)| verdict.is_none() && line.kind == entry.kind())
            .map(|(line, _)| line.clone())
            .collect();
        if let Some(importer) = entry.importer().filter(|_| !brought.is_empty()) {
            importer.gather(brought, &mut context, files, options.dry_run).await?;
        }
    }
    let chunks = sort(kinds, &lines, &verdicts, options.atomic || options.dry_run);
    let context = Arc::new(Mutex::new(context));
    let in_one = options.atomic || options.dry_run;
    let already = options.atomic && verdicts.iter().any(|verdict| matches!(verdict, Some(Verdict::Refused(_))));
    let request = Request { dry_run: options.dry_run || already, surface: Surface::Record, ..Request::by(viewer.clone()) };
    let mut chunks: VecDeque<Vec<Part>> = chunks.into();
    let mut sent: VecDeque<Sent> = VecDeque::new();
    loop {
        // While the database keeps one chunk, the next one is made ready, where it needs nothing of the first but what that noted.
        while let Some(chunk) = chunks.front()
            && sent.back().is_none_or(|last| sent.len() < AT_ONCE && writer.workers() > 1 && last.may_be_followed_by(chunk, &lines))
        {
            if let Some(last) = sent.back_mut() {
                last.is_applied().await;
            }
            let Some(chunk) = chunks.pop_front() else { break };
            sent.push_back(Sent::new(writer, &request, chunk, &lines, &context, options.atomic));
        }
        let Some(first) = sent.pop_front() else { break };
        let Sent { chunk, places, before, answer, done, .. } = first;
        let done = done.await.map_err(Fault::new)?;
        let answer = std::mem::take(&mut *answer.lock());
        let told = match done {
            Ok(_) => answer.verdicts,
            Err(Error::Refused(_)) if answer.is_final => answer.verdicts,
            Err(Error::Refused(_)) if places.len() > 1 && !in_one => {
                // One of them was refused by the database itself: it is looked for, and the others go on.
                context.lock().remember(
                    &before,
                    chunk.iter().flat_map(|(entry, places)| places.iter().map(|place| (entry.kind(), &*lines[*place].slug))),
                );
                halves(&chunk).into_iter().rev().for_each(|half| chunks.push_front(half));
                continue;
            }
            Err(Error::Refused(refusals)) => {
                let told = Error::Refused(refusals).told();
                let mut context = context.lock();
                for (entry, place) in chunk.iter().flat_map(|(entry, places)| places.iter().map(move |place| (entry, place))) {
                    context.remember(&before, [(entry.kind(), &*lines[*place].slug)]);
                    context.forget(entry.kind(), &lines[*place].slug);
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
    Ok(Report { verdicts: lines.into_iter().zip(verdicts).collect(), warnings })
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
async fn resolve_slugs(
    with: &Import<'_>,
    context: &mut ImportContext,
    lines: &[Line],
    verdicts: &[Option<Verdict>],
    candidates: &HashSet<String>,
) -> Result<()> {
    let mut candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    candidates.sort_unstable();
    for entry in with.kinds.iter() {
        for some in candidates.chunks(10_000) {
            for (id, slug, audience) in with.reader.at_slugs(entry.kind(), some).await? {
                context.note(entry.kind(), slug, id, false);
                context.note_audience(id, &audience);
            }
        }
    }
    for (line, _) in lines.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
        if let Some(entry) = with.kinds.of(&line.kind)
            && context.find(entry.kind(), &line.slug).is_none()
        {
            context.note(entry.kind(), line.slug.clone(), with.ambient.uuid(), true);
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
fn sort(kinds: Kinds, lines: &[Line], verdicts: &[Option<Verdict>], in_one: bool) -> Vec<Vec<Part>> {
    let mut chunks: Vec<Vec<Part>> = Vec::new();
    for entry in kinds.iter() {
        let mut places: Vec<usize> =
            (0..lines.len()).filter(|place| verdicts[*place].is_none() && lines[*place].kind == entry.kind()).collect();
        if places.is_empty() {
            continue;
        }
        parents_first(lines, &mut places);
        if in_one {
            match chunks.first_mut() {
                Some(chunk) => chunk.push((entry, places)),
                None => chunks.push(vec![(entry, places)]),
            }
        } else {
            chunks.extend(places.chunks(CHUNK).map(|some| vec![(entry, some.to_vec())]));
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
