//! Why a hit scored as it did: its score taken apart into what each word gave.
//!
//! Invariant: the points add up to the score. Held by `tests::why::the_parts_of_a_score_add_up_to_it`.
//! Invariant: what is told here is what the score was made of, so it is told by documents in sight, as the score is.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, Score};

use super::collect::Sought;
use super::error::Result;
use super::languages::Slot;
use super::plan::{self, Wanted};
use super::question::Question;
use super::response::{Contribution, Explanation, FoundIn};
use super::score::{Field, K1, Language, Source, Term, rarity};
use super::screen::occurrences;
use super::snapshot::{Segment, Snapshot};

/// Where a hit lies, and what its date gave.
#[derive(Clone, Copy)]
pub(super) struct ExplainedHit {
    pub ordinal: usize,
    pub doc: DocId,
    pub recency: Score,
}

/// Takes a hit's score apart.
pub(super) fn explain(snapshot: &Snapshot, sought: &Sought, hit: ExplainedHit) -> Result<Explanation> {
    let (mut best, mut named): (Option<(Score, &Language, Vec<Contribution>)>, Vec<Contribution>) = (None, Vec::new());
    for language in &sought.looked_up.languages {
        let Some(planned) = sought.plan.slots.iter().find(|planned| planned.slot == language.slot) else { continue };
        let parts = parts(snapshot, sought.question, planned, language, hit)?;
        if language.slot == Slot::NAMES {
            named = parts;
            continue;
        }
        let points = parts.iter().map(|part| part.points).sum::<Score>();
        if points > best.as_ref().map_or(0.0, |(most, ..)| *most) {
            best = Some((points, language, parts));
        }
    }
    let (language, trust, mut parts) = match best {
        Some((_, language, parts)) => (language.slot.language().map(|language| language.tag.to_owned()), language.share, parts),
        None => (None, 1.0, Vec::new()),
    };
    parts.append(&mut named);
    Ok(Explanation { score: parts.iter().map(|part| part.points).sum(), language, trust, recency: hit.recency, parts })
}

/// What the words gave in one language, titles last.
fn parts(
    snapshot: &Snapshot,
    question: &Question,
    planned: &plan::Sought,
    language: &Language,
    hit: ExplainedHit,
) -> Result<Vec<Contribution>> {
    let mut parts = Vec::new();
    let segment = &snapshot.segments[hit.ordinal];
    for field in language.parts.iter().flatten() {
        let Some(shelf) = segment.shelf.slot(field.slot) else { continue };
        for term in &field.terms {
            let frequency = occurring(&shelf.terms, term, hit)?;
            if frequency > 0.0 {
                let wanted = &planned.wanted[term.nth];
                let slowness = field.slowness[usize::from(shelf.norms.fieldnorm_id(hit.doc))];
                let points = term.weight * frequency / (frequency + slowness) * language.share * hit.recency;
                parts.push(Contribution {
                    found_in: found_in(field),
                    words: words(question, wanted),
                    terms: found(segment, field.slot, wanted, hit.doc)?,
                    frequency,
                    documents: term.frequency,
                    of_documents: field.docs.max(term.frequency),
                    rarity: rarity(term.frequency, field.docs),
                    saturation: (K1 + 1.0) * frequency / (frequency + slowness),
                    weight: wanted.weight,
                    boost: field.boost,
                    points,
                });
            }
        }
    }
    Ok(parts)
}

fn found_in(field: &Field) -> FoundIn {
    match field.slot {
        Slot::NAMES => FoundIn::Name,
        slot if slot.is_title() => FoundIn::Title,
        _ => FoundIn::Text,
    }
}

/// How often a term stands in the hit, as it was scored.
fn occurring(terms: &InvertedIndexReader, term: &Term, hit: ExplainedHit) -> Result<Score> {
    Ok(match &term.source {
        Source::One(infos) => match &infos[hit.ordinal] {
            Some(info) => {
                let mut postings = terms.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                if postings.doc() < hit.doc {
                    postings.seek(hit.doc);
                }
                if postings.doc() == hit.doc { postings.term_freq() as Score } else { 0.0 }
            }
            None => 0.0,
        },
        Source::Several(segments) => {
            let occurring = &segments[hit.ordinal];
            occurring.binary_search_by_key(&hit.doc, |&(doc, _)| doc).map_or(0.0, |at| occurring[at].1)
        }
    })
}

/// The words of the question that a term stands for, as they were written.
fn words(question: &Question, wanted: &Wanted) -> Vec<String> {
    let words = question.words.iter().enumerate().filter(|(at, _)| wanted.words >> at & 1 == 1);
    words.map(|(_, word)| word.written.clone()).collect()
}

/// Which of the terms and phrases that count as one the hit has.
fn found(segment: &Segment, slot: Slot, wanted: &Wanted, doc: DocId) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let Some(terms) = segment.shelf.slot(slot).map(|shelf| &shelf.terms) else { return Ok(found) };
    for (term, _) in &wanted.terms {
        let Some(info) = terms.terms().get(term.as_bytes())? else { continue };
        let mut postings = terms.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            found.push(term.clone());
        }
    }
    for (phrase, _) in &wanted.phrases {
        if occurrences(segment, slot, phrase)?.iter().any(|(other, _)| *other == doc) {
            found.push(phrase.join(" "));
        }
    }
    Ok(found)
}
