//! Running an import: kinds in the order of what they refer to, records in chunks, each chunk one transaction; on PostgreSQL one chunk is
//! made ready while the one before it is kept.
use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;
use serde_json::Value;
use tokio::{sync::oneshot, task::JoinHandle};

use super::{
    Doubt, ImportContext, Line, Options, Verdict, fields,
    order::{Part, halves, parent_of, sort},
    precheck::Prechecked,
    slugs,
};
use crate::{
    base::{Ambient, Code, Error, Fault, Refusal, Result, refuse},
    files::Files,
    kernel::{Entry, Kinds},
    store::{Command, Done, Reader, Request, Surface, Tx, Writer},
};

/// Chunks under way at once, where the database takes several writers: the hub makes one ready while the database keeps the other.
const AT_ONCE: usize = 2;

/// How an import went: one verdict for each line, in the lines' order.
#[derive(Debug, Default)]
pub struct Report {
    /// The verdicts.
    pub verdicts: Vec<(Line, Verdict)>,
    /// What lines say that nobody reads, each with the line's place among the verdicts.
    pub warnings: Vec<(usize, String)>,
    /// What is in doubt of records that are new or changed, or were refused, each with the line's place among the verdicts.
    pub doubts: Vec<(usize, Doubt)>,
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
    /// The context it starts from.
    before: ImportContext,
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
        let command = Chunk {
            parts,
            context: context.clone(),
            before: before.clone(),
            atomic,
            answer: answer.clone(),
            applied: Mutex::new(Some(applied)),
        };
        let (writer, request) = (writer.clone(), request.clone());
        let done = tokio::spawn(async move { writer.run(request, command).await });
        let places = chunk.iter().flat_map(|(_, places)| places).copied().collect();
        Self { chunk, places, before, answer, applied: Some(heard), done }
    }

    /// Whether the next chunk needs nothing of this one that only a commit gives: both are of one kind, and nothing stands below another.
    fn may_be_followed_by(&self, next: &[Part], lines: &[Line]) -> bool {
        let is_flat = |place: &usize| parent_of(&lines[*place]).is_none();
        match (self.chunk.as_slice(), next) {
            ([(one, _)], [(other, places)]) => one.kind() == other.kind() && places.iter().all(is_flat),
            _ => false,
        }
    }

    /// Waits until it is kept, or refused; answers the verdicts of its lines, or what is to be tried again: all of it, where somebody else brought the same things
    /// meanwhile; its halves, where one of many was refused by the database itself: it is looked for, and the others go on.
    async fn end(self, with: &Import<'_>, lines: &[Line], context: &Mutex<ImportContext>, in_one: bool) -> Result<Ended> {
        let done = self.done.await.map_err(Fault::new)?;
        let answer = std::mem::take(&mut *self.answer.lock());
        let is_taken = |refusals: &[Refusal]| refusals.iter().any(|refusal| refusal.code == Code::Taken);
        if matches!(&done, Err(Error::Refused(refusals)) if !answer.is_final && is_taken(refusals)) {
            let places = self.chunk.iter().map(|(entry, places)| (*entry, places.as_slice()));
            if slugs::came_meanwhile(with.reader, context, &self.before, lines, places).await? {
                return Ok(Ended::Again(vec![self.chunk]));
            }
        }
        let all = || self.chunk.iter().flat_map(|(entry, places)| places.iter().map(move |place| (entry.kind(), &*lines[*place].slug)));
        let told = match done {
            Ok(_) => answer.verdicts,
            Err(Error::Refused(_)) if answer.is_final => answer.verdicts,
            Err(Error::Refused(_)) if self.places.len() > 1 && !in_one => {
                context.lock().remember(&self.before, all());
                return Ok(Ended::Again(halves(&self.chunk)));
            }
            Err(Error::Refused(refusals)) => {
                let told = Error::Refused(refusals).told();
                let mut context = context.lock();
                for (kind, slug) in all() {
                    context.remember(&self.before, [(kind, slug)]);
                    context.forget(kind, slug);
                }
                self.places.iter().map(|_| Verdict::Refused(told.clone())).collect()
            }
            Err(fault) => return Err(fault),
        };
        Ok(Ended::Told(self.places.into_iter().zip(told).collect()))
    }

    /// Returns when it was applied, or failed.
    async fn is_applied(&mut self) {
        if let Some(applied) = self.applied.take() {
            let _ = applied.await;
        }
    }
}

/// What came of a chunk.
enum Ended {
    Told(Vec<(usize, Verdict)>),
    /// These are to be tried again.
    Again(Vec<Vec<Part>>),
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
        // Applied anew it starts with the ids that it forgot of what was refused.
        context.remember(&self.before, self.parts.iter().flat_map(|(entry, lines)| lines.iter().map(|line| (entry.kind(), &*line.slug))));
        let mut verdicts = Vec::new();
        for (index, (entry, lines)) in self.parts.iter().enumerate() {
            if index > 0 {
                // What is about other things, and stands on them, looks at their rows.
                tx.insert_pending().await?;
            }
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
    let lines = if options.keep_missing { fields::kept(with.kinds, with.reader, lines).await? } else { lines };
    let mut prechecked = Prechecked::of(with.kinds, &lines, options);
    let mut context = ImportContext::default();
    slugs::resolve(with.kinds, (with.reader, with.ambient), &mut context, &lines, &mut prechecked).await?;
    for entry in with.kinds.iter() {
        let brought: Vec<Line> = prechecked.open(&lines).filter(|line| line.kind == entry.kind()).cloned().collect();
        if let Some(importer) = entry.importer().filter(|_| !brought.is_empty()) {
            importer.gather(brought, &mut context, with.files, options.dry_run).await?;
        }
    }
    save_all(with, &lines, &mut prechecked.verdicts, context, options).await?;
    let verdicts =
        prechecked.verdicts.into_iter().map(|verdict| verdict.unwrap_or_else(|| Verdict::Refused("It was not reached.".to_owned())));
    let verdicts: Vec<(Line, Verdict)> = lines.into_iter().zip(verdicts).collect();
    Ok(Report { doubts: doubts(with.kinds, &verdicts), verdicts, warnings: prechecked.warnings })
}

/// What is in doubt, in the lines' order. What stands there as it did was decided before.
fn doubts(kinds: Kinds, verdicts: &[(Line, Verdict)]) -> Vec<(usize, Doubt)> {
    let mut doubts = Vec::new();
    for entry in kinds.iter() {
        let Some(importer) = entry.importer() else { continue };
        let told = verdicts.iter().enumerate().filter(|(_, (line, verdict))| line.kind == entry.kind() && *verdict != Verdict::Unchanged);
        let told = told.filter_map(|(place, (line, _))| Some((place, serde_json::from_str(line.record.as_ref().ok()?.get()).ok()?)));
        let told: Vec<(usize, Value)> = told.collect();
        if !told.is_empty() {
            doubts.extend(importer.doubts(&told));
        }
    }
    doubts.sort_by_key(|(place, _)| *place);
    doubts
}

/// Saves what has no verdict yet, chunk by chunk.
async fn save_all(
    with: &Import<'_>,
    lines: &[Line],
    verdicts: &mut [Option<Verdict>],
    context: ImportContext,
    options: Options,
) -> Result<()> {
    let in_one = options.atomic || options.dry_run;
    let already = options.atomic && verdicts.iter().any(|verdict| matches!(verdict, Some(Verdict::Refused(_))));
    let request = Request { dry_run: options.dry_run || already, surface: Surface::Record, ..Request::by(with.reader.viewer()) };
    let context = Arc::new(Mutex::new(context));
    let mut chunks: VecDeque<Vec<Part>> = sort(with.kinds, lines, verdicts, in_one).into();
    let mut sent: VecDeque<Sent> = VecDeque::new();
    loop {
        // While the database keeps one chunk, the next one is made ready, where it needs nothing of the first but what that noted.
        while let Some(chunk) = chunks.front()
            && sent.back().is_none_or(|last| sent.len() < AT_ONCE && with.writer.workers() > 1 && last.may_be_followed_by(chunk, lines))
        {
            if let Some(last) = sent.back_mut() {
                last.is_applied().await;
            }
            let Some(chunk) = chunks.pop_front() else { break };
            sent.push_back(Sent::new(with.writer, &request, chunk, lines, &context, options.atomic));
        }
        let Some(first) = sent.pop_front() else { return Ok(()) };
        match first.end(with, lines, &context, in_one).await? {
            Ended::Told(told) => told.into_iter().for_each(|(place, verdict)| verdicts[place] = Some(verdict)),
            Ended::Again(again) => again.into_iter().rev().for_each(|chunk| chunks.push_front(chunk)),
        }
    }
}
