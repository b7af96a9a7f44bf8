//! Saving the records of one kind: each becomes a row, its links and its texts, and gets a verdict.
use std::collections::HashMap;

use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::{Alternatives, Doubt, ImportContext, Importable, Line, Verdict, fields};
use crate::{
    base::{Error, Kind, Refusal, Result, text::with_article},
    files::Files,
    kernel::{
        export::{Exportable, Exporter},
        text,
    },
    store::{Record, Tx, event::TRANSLATED},
};

/// A kind's importer, with its types erased. What can be imported can be exported.
pub trait Importer: Exporter {
    /// Keeps the files the lines of one kind bring.
    fn gather<'t>(&'t self, lines: Vec<Line>, context: &'t mut ImportContext, files: &'t Files, is_dry: bool) -> BoxFuture<'t, Result<()>>;

    /// The fields of a record that nobody reads, each told in a sentence; none where it can't be read at all. `told` is the record as any JSON.
    fn unknown(&self, line: &Line, told: &Value) -> Vec<String>;

    /// Fields of which a record tells one.
    fn alternatives(&self) -> Option<Alternatives>;

    /// What is in doubt of these records, each with its place.
    fn doubts(&self, told: &[(usize, Value)]) -> Vec<(usize, Doubt)>;

    /// Saves the lines of one kind; answers a verdict for each.
    fn save<'t>(&'t self, lines: &'t [Line], context: &'t mut ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<Vec<Verdict>>>;
}

/// Imports records of type `I`.
pub struct Of<I>(pub std::marker::PhantomData<fn() -> I>);

impl<I: Exportable> Importer for Of<I> {
    fn gather<'t>(&'t self, lines: Vec<Line>, context: &'t mut ImportContext, files: &'t Files, is_dry: bool) -> BoxFuture<'t, Result<()>> {
        I::gather(lines, context, files, is_dry)
    }

    fn unknown(&self, line: &Line, told: &Value) -> Vec<String> {
        let Ok(raw) = &line.record else { return Vec::new() };
        let known = serde_json::from_str::<I>(raw.get()).and_then(serde_json::to_value);
        known.map_or_else(|_| Vec::new(), |known| fields::unknown(<<I::Row as Record>::Kind as Kind>::NAME, told, &known))
    }

    fn alternatives(&self) -> Option<Alternatives> {
        I::ALTERNATIVES
    }

    fn doubts(&self, told: &[(usize, Value)]) -> Vec<(usize, Doubt)> {
        I::doubts(told)
    }

    fn save<'t>(&'t self, lines: &'t [Line], context: &'t mut ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<Vec<Verdict>>> {
        Box::pin(save::<I>(lines, context, tx))
    }
}

async fn save<I: Importable>(lines: &[Line], context: &mut ImportContext, tx: &mut Tx<'_>) -> Result<Vec<Verdict>> {
    let kind = <<I::Row as Record>::Kind as Kind>::NAME;
    I::ready(tx, context).await?;
    let records: Vec<std::result::Result<I, String>> = lines
        .iter()
        .map(|line| match &line.record {
            Ok(raw) => read::<I>(raw.get()).map_err(|why| format!("The record is not {}: {why}.", with_article(kind))),
            Err(why) => Err(why.clone()),
        })
        .collect();
    I::look(records.iter().filter_map(|record| record.as_ref().ok()).collect(), tx, context).await?;
    let known: Vec<Uuid> = lines.iter().filter_map(|line| context.find(kind, &line.slug)).collect();
    let mut rows = stored::<I::Row>(&known, tx).await?;
    let mut texts: HashMap<Uuid, Vec<text::Row>> = HashMap::new();
    if !rows.is_empty() {
        for text in text::translations_of_all(tx, rows.keys().copied()).await? {
            texts.entry(text.subject).or_default().push(text);
        }
    }
    let mut verdicts = Vec::with_capacity(records.len());
    let mut new = Vec::new();
    for (record, line) in records.iter().zip(lines) {
        let verdict = match record {
            Err(why) => Verdict::Refused(why.clone()),
            Ok(record) => {
                let id = context.find(kind, &line.slug).unwrap_or_default();
                let before = rows.remove(&id);
                let was = before.clone();
                let (verdict, row) = one(record, before, texts.get(&id).map_or(&[], Vec::as_slice), context, tx).await?;
                if verdict == Verdict::Created {
                    for slug in &line.old_slugs {
                        tx.keep_slug(kind, slug, id).await?;
                    }
                }
                // A later line of the same slug starts from what this one saved.
                if let Some(row) = row {
                    context.note_audience(id, row.audience());
                    if verdict == Verdict::Created {
                        new.push(row.clone());
                    }
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
            context.forget(kind, &line.slug);
        }
        verdicts.push(verdict);
    }
    if !new.is_empty() {
        I::follow(new, tx).await?;
    }
    Ok(verdicts)
}

/// The rows of these ids as this transaction sees them.
async fn stored<R: Record>(ids: &[Uuid], tx: &Tx<'_>) -> Result<HashMap<Uuid, R>> {
    Ok(tx.by_ids::<R>(ids).await?.into_iter().map(|row| (row.id().uuid(), row)).collect())
}

async fn one<I: Importable>(
    record: &I,
    before: Option<I::Row>,
    old: &[text::Row],
    context: &mut ImportContext,
    tx: &mut Tx<'_>,
) -> Result<(Verdict, Option<I::Row>)> {
    let prepared = record.prepare(before.as_ref(), context, tx);
    let judged = match prepared {
        Ok(prepared) => tx.judge(before.as_ref(), &prepared.row, &prepared.links).await.map(|()| prepared),
        Err(error) => Err(error),
    };
    let prepared = match judged {
        Ok(prepared) => prepared,
        Err(Error::Refused(refusals)) => {
            return Ok((Verdict::Refused(told(&refusals)), before));
        }
        Err(fault) => return Err(fault),
    };
    let mut row = prepared.row;
    let mut has_changed = false;
    if let Some(texts) = prepared.texts {
        let saved = if texts.original.is_empty() && texts.translations.is_empty() {
            // Nothing is told: what is there stays.
            before.as_ref().map(texts.head).map(text::Saved::from).unwrap_or_default()
        } else {
            text::save(tx, row.id().uuid(), &texts.language, texts.original.clone(), texts.translations, old, texts.version).await?
        };
        has_changed = saved.has_changed;
        (texts.keep)(&mut row, saved, &texts.original);
    }
    let (verdict, row) = match before {
        None => (Verdict::Created, tx.create_judged(row, &prepared.links)?),
        Some(before) => match tx.change_judged(&before, row, &prepared.links).await? {
            Some(row) => (Verdict::Updated, row),
            None if has_changed => (Verdict::Updated, tx.touch(&before, before.clone(), &TRANSLATED).await?),
            None => (Verdict::Unchanged, before),
        },
    };
    let moved = record.also(&row, verdict == Verdict::Created, context, tx).await?;
    Ok((if moved && verdict == Verdict::Unchanged { Verdict::Updated } else { verdict }, Some(row)))
}

/// Reads a record, or says which of its fields can't be read and why.
pub(super) fn read<I: DeserializeOwned>(raw: &str) -> std::result::Result<I, String> {
    // Only what can't be read is read again with its path.
    serde_json::from_str(raw).map_err(|cause| {
        let found = serde_path_to_error::deserialize::<_, I>(&mut serde_json::Deserializer::from_str(raw)).err();
        let path = found.as_ref().map(|error| error.path().to_string()).filter(|path| path != ".");
        let told = place(&found.map_or(cause, serde_path_to_error::Error::into_inner));
        path.map_or_else(|| told.clone(), |path| format!("“{path}”: {told}"))
    })
}

/// serde's message without its line and column, which count within the record.
fn place(cause: &serde_json::Error) -> String {
    let told = cause.to_string();
    told.rsplit_once(" at line ").map_or(told.clone(), |(told, _)| told.to_owned())
}

/// The sentences of refusals, each with its field.
pub(super) fn told(refusals: &[Refusal]) -> String {
    let sentence = |refusal: &Refusal| {
        let names_it = refusal.path.is_empty() || refusal.message.contains(&format!("“{}”", refusal.path));
        if names_it { refusal.message.clone() } else { format!("“{}”: {}", refusal.path, refusal.message) }
    };
    refusals.iter().map(sentence).collect::<Vec<_>>().join(" ")
}
