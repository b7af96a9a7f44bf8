//! How a query was understood, and how it was perhaps meant.
//!
//! Invariant: every word that was searched as another is told, and as what.

use super::expansions::LIKELY;
use super::term_lookup::ResolvedPlan;
use crate::analysis::Slot;
use crate::contract::{Clause, ClauseKind, Interpretation, LanguageGuess};
use crate::query::{Expansions, ParsedQuery, QueryPlan};

/// The query as it was perhaps meant: each word as the likeliest language has it that corrects it, or offers another.
pub fn did_you_mean(text: &str, query: &ParsedQuery, expansions: &Expansions, resolved: &ResolvedPlan) -> Option<String> {
    let mut slots: Vec<(Slot, f32)> = resolved.likely_languages().collect();
    slots.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let order: Vec<Slot> = slots.into_iter().map(|(slot, _)| slot).chain([Slot::NAMES]).collect();
    let mut changes: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    for (at, word) in query.words.iter().enumerate() {
        let offered = || order.iter().find_map(|slot| expansions.0.get(&(at, *slot))?.offered.as_deref());
        if let Some(corrected) = corrections(at, &order, expansions).next().or_else(offered) {
            changes.extend(word.places.iter().map(|place| (place.clone(), corrected)));
        }
    }
    if changes.is_empty() {
        return None;
    }
    changes.sort_by_key(|(place, _)| place.start);
    let mut meant = String::new();
    let mut at = 0;
    for (place, corrected) in changes {
        // A joined word overlaps its parts.
        if place.start < at {
            continue;
        }
        meant.push_str(text.get(at..place.start)?);
        meant.push_str(corrected);
        at = place.end;
    }
    meant.push_str(text.get(at..)?);
    Some(meant)
}

/// What a word was searched as in place of itself, in these languages.
fn corrections<'e>(at: usize, order: &'e [Slot], expansions: &'e Expansions) -> impl Iterator<Item = &'e str> {
    let of_slot = move |slot: &Slot| expansions.0.get(&(at, *slot)).filter(|expansion| expansion.is_correction);
    order.iter().filter_map(of_slot).flat_map(|expansion| expansion.words.iter().map(|(word, _)| word.as_str()))
}

/// How a query was understood.
pub fn of(query: &ParsedQuery, looked: Option<(&QueryPlan, &ResolvedPlan)>, expansions: &Expansions) -> Interpretation {
    let mut languages: Vec<(Slot, f32)> = looked.iter().flat_map(|(_, resolved)| resolved.likely_languages()).collect();
    languages.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let order: Vec<Slot> = languages.iter().map(|(slot, _)| *slot).chain([Slot::NAMES]).collect();
    let heeded = |at: usize| {
        let wanted = looked.and_then(|(plan, _)| Some(plan.terms(*order.first()?)));
        wanted.is_none_or(|wanted| wanted.iter().any(|wanted| wanted.words >> at & 1 == 1))
    };
    let found = looked.map_or(0, |(_, resolved)| resolved.found());
    let words = query.words.iter().enumerate().filter(|(_, word)| !word.is_exact).map(|(at, word)| {
        let mut corrected: Vec<String> = Vec::new();
        for word in corrections(at, &order, expansions) {
            if !corrected.iter().any(|told| told == word) {
                corrected.push(word.to_owned());
            }
        }
        let mut offered: Vec<String> = order.iter().filter_map(|slot| expansions.0.get(&(at, *slot))?.offered.clone()).collect();
        offered.dedup();
        let kind = match (word.is_prefix, heeded(at)) {
            (true, _) => ClauseKind::Prefix,
            (false, true) => ClauseKind::Word,
            (false, false) => ClauseKind::StopWord,
        };
        let of_slot =
            |slot: &Slot| expansions.0.get(&(at, *slot)).map(|expansion| &expansion.synonyms).filter(|synonyms| !synonyms.is_empty());
        let synonyms = order.iter().find_map(of_slot).filter(|_| kind == ClauseKind::Word);
        let synonyms = synonyms.into_iter().flatten().map(|synonym| synonym.written.clone()).collect();
        Clause {
            corrected: corrected.first().cloned(),
            corrections: corrected,
            offered,
            is_found: found >> at & 1 == 1,
            synonyms,
            ..clause(kind, word.written.clone())
        }
    });
    let phrases = query.phrases.iter().map(|words| clause(ClauseKind::Phrase, words.join(" ")));
    let without = query.excluded.iter().map(|words| clause(ClauseKind::Excluded, words.join(" ")));
    let fields = query.fields.iter().map(|field| {
        let kind = if field.is_excluded { ClauseKind::ExcludedField } else { ClauseKind::Field };
        let (name, is_found) = (Some(field.dimension.column()), !field.known.is_empty());
        Clause { field: name, values: field.known.clone(), is_found, ..clause(kind, field.written.clone()) }
    });
    let clauses = words.chain(phrases).chain(without).chain(fields).collect();
    let guess = |&(slot, likelihood): &(Slot, f32)| Some(LanguageGuess { language: slot.language()?.tag.to_owned(), likelihood });
    Interpretation {
        clauses,
        languages: languages.iter().filter(|(_, share)| *share >= LIKELY).filter_map(guess).collect(),
        reading: query.reading,
        ..Interpretation::default()
    }
}

fn clause(kind: ClauseKind, text: String) -> Clause {
    Clause {
        kind,
        text,
        field: None,
        corrected: None,
        corrections: Vec::new(),
        offered: Vec::new(),
        is_found: true,
        synonyms: Vec::new(),
        values: Vec::new(),
    }
}
