//! Why a hit scored as it did: its score taken apart into what each word gave.
//!
//! Invariant: the points add up to the score. Held by `tests::why::the_parts_of_a_score_add_up_to_it`.
//! Invariant: what is told here is what the score was made of, so it is told by visible documents, as the score is.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, Score};

use crate::analysis::Slot;
use crate::contract::{Contribution, Explanation, Factors, FoundIn, Result};
use crate::index::{Searcher, Segment, phrase_frequencies};
use crate::matching::{ExecutedQuery, FieldTerms, K1, LanguageTerms, ResolvedTerm, TermPostings, idf};
use crate::query::{ParsedQuery, PlannedTerm, SlotPlan};

/// Where a hit lies, and what its score was multiplied by.
#[derive(Clone, Copy)]
struct ExplainedHit {
    ordinal: usize,
    doc: DocId,
    factors: Factors,
}

/// Takes a hit's score apart.
pub fn explain(searcher: &Searcher, sought: &ExecutedQuery, ordinal: usize, doc: DocId) -> Result<Explanation> {
    let hit = ExplainedHit { ordinal, doc, factors: sought.boosts.of(&searcher.segments[ordinal], doc) };
    let (mut best, mut named): (Option<(Score, &LanguageTerms, Vec<Contribution>)>, Vec<Contribution>) = (None, Vec::new());
    for language in &sought.resolved.languages {
        let Some(planned) = sought.plan.slots.iter().find(|planned| planned.slot == language.slot) else { continue };
        let parts = parts(searcher, sought.query, planned, language, hit)?;
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
        Some((_, language, parts)) => (language.slot.language().map(|language| language.tag.to_owned()), language.trust, parts),
        None => (None, 1.0, Vec::new()),
    };
    parts.append(&mut named);
    Ok(Explanation { score: parts.iter().map(|part| part.points).sum(), language, trust, factors: hit.factors, parts })
}

/// What the words gave in one language, titles last.
fn parts(
    searcher: &Searcher,
    query: &ParsedQuery,
    planned: &SlotPlan,
    language: &LanguageTerms,
    hit: ExplainedHit,
) -> Result<Vec<Contribution>> {
    let mut parts = Vec::new();
    let segment = &searcher.segments[hit.ordinal];
    for field in language.parts.iter().flatten() {
        let Some(columns) = segment.columns.slot(field.slot) else { continue };
        for term in &field.terms {
            let frequency = frequency_in(&columns.terms, term, hit)?;
            if frequency > 0.0 {
                let wanted = &planned.wanted[term.nth];
                let length_norms = field.length_norms[usize::from(columns.norms.fieldnorm_id(hit.doc))];
                let points = term.weight * frequency / (frequency + length_norms) * language.trust * hit.factors.product();
                parts.push(Contribution {
                    found_in: found_in(field),
                    words: words(query, wanted),
                    terms: found(segment, field.slot, wanted, hit.doc)?,
                    frequency,
                    documents: term.frequency,
                    of_documents: field.docs.max(term.frequency),
                    idf: idf(term.frequency, field.docs),
                    saturation: (K1 + 1.0) * frequency / (frequency + length_norms),
                    weight: wanted.weight,
                    boost: field.boost,
                    points,
                });
            }
        }
    }
    Ok(parts)
}

fn found_in(field: &FieldTerms) -> FoundIn {
    match field.slot {
        Slot::NAMES => FoundIn::Name,
        slot if slot.is_title() => FoundIn::Title,
        _ => FoundIn::Text,
    }
}

/// How often a term stands in the hit, as it was scored.
fn frequency_in(terms: &InvertedIndexReader, term: &ResolvedTerm, hit: ExplainedHit) -> Result<Score> {
    Ok(match &term.source {
        TermPostings::Single(infos) => match &infos[hit.ordinal] {
            Some(info) => {
                let mut postings = terms.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                if postings.doc() < hit.doc {
                    postings.seek(hit.doc);
                }
                if postings.doc() == hit.doc { postings.term_freq() as Score } else { 0.0 }
            }
            None => 0.0,
        },
        TermPostings::Merged(segments) => {
            let occurring = &segments[hit.ordinal];
            occurring.binary_search_by_key(&hit.doc, |&(doc, _)| doc).map_or(0.0, |at| occurring[at].1)
        }
    })
}

/// The words of the query that a term stands for, as they were written.
fn words(query: &ParsedQuery, wanted: &PlannedTerm) -> Vec<String> {
    let words = query.words.iter().enumerate().filter(|(at, _)| wanted.words >> at & 1 == 1);
    words.map(|(_, word)| word.written.clone()).collect()
}

/// Which of the terms and phrases that count as one the hit has.
fn found(segment: &Segment, slot: Slot, wanted: &PlannedTerm, doc: DocId) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let Some(terms) = segment.columns.slot(slot).map(|columns| &columns.terms) else { return Ok(found) };
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
        if phrase_frequencies(segment, slot, phrase)?.iter().any(|(other, _)| *other == doc) {
            found.push(phrase.join(" "));
        }
    }
    Ok(found)
}
