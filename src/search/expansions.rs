//! What the words of a query may stand for beside themselves.
//!
//! - `begin*` stands for the words that begin so.
//! - A word that stands in no visible document as it is written, in none of the languages that the query is likely in and in no name, is corrected from
//!   the words of those that do, in each of these languages on its own: see `correct`.
//! - What administrators say that it also finds: see `synonyms`.
//! - In a language that writes compounds as one word, a word also stands for the compounds it is part of.
//!
//! Invariant: but for synonyms, all of it is told by visible documents, see `vocabulary`.

use super::analyse::stop_word_slots;
use super::correct::{self, Context};
use super::error::Result;
use super::languages::Slot;
use super::plan::{Expansions, QueryPlan};
use super::query_parser::{ParsedQuery, QueryWord};
use super::response::{Clause, ClauseKind, Interpretation, LanguageGuess};
use super::score::ResolvedPlan;
use super::sieve::Visibility;
use super::snapshot::Searcher;
use super::synonyms::Thesaurus;
use super::vocabulary;

/// Words that a beginning or a part of compounds stands for in one language.
pub(super) const PREFIX_WORDS: usize = 64;
const COMPOUNDS: usize = 24;
/// Words looked through for the compounds of one part.
const LOOKED_THROUGH: usize = 2_000;
/// Synonyms of a word that are heeded in one language.
const SYNONYMS: usize = 32;
/// How likely a query must be in a language, against the likeliest, for its words to be corrected in it, and to be taken apart, which costs
/// more look-ups and helps where the language is right.
const LIKELY: f32 = 0.5;
const SURELY: f32 = 0.9;
/// What a part of a compound counts against the compound, and the other way round.
const PART: f32 = 0.5;
/// The shortest word that is a part of compounds, and the shortest that is taken as the rest of one, in letters.
pub(super) const SHORTEST_PART: usize = 3;
/// What stands between the parts of a compound, in German and Dutch.
pub(super) const LINKING_ELEMENTS: [&str; 6] = ["", "s", "n", "en", "er", "es"];

/// Whether a word may stand for others in any index at all; one that may not finds its own forms alone.
pub(super) fn may_expand(word: &QueryWord) -> bool {
    word.is_prefix || (!word.is_exact && would_expand(&word.written, &word.folded))
}

/// Whether a word that is no beginning would vary, if it were not quoted.
pub(super) fn would_expand(written: &str, folded: &str) -> bool {
    // Shorter words are neither corrected nor parts of compounds; stop words are known and part of none.
    !has_digits(folded) && folded.chars().count() >= SHORTEST_PART && stop_word_slots(written, folded) == 0
}

/// Whether a word is meant as it is.
fn is_literal(word: &QueryWord) -> bool {
    word.is_exact || has_digits(&word.folded)
}

fn has_digits(folded: &str) -> bool {
    folded.contains(|c: char| c.is_ascii_digit())
}

/// What is known before anything was looked up: the words that begin so, and synonyms.
pub(super) fn before_lookup(
    searcher: &Searcher,
    visibility: &Visibility,
    thesaurus: &Thesaurus,
    query: &ParsedQuery,
) -> Result<Expansions> {
    let mut expansions = synonyms(thesaurus, query);
    add_prefixes(searcher, visibility, query, u64::MAX, &mut expansions)?;
    Ok(expansions)
}

/// What administrators say that words stand for.
pub(super) fn synonyms(thesaurus: &Thesaurus, query: &ParsedQuery) -> Expansions {
    let mut expansions = Expansions::default();
    for slot in Slot::searched() {
        for (at, synonym) in thesaurus.of(query, slot) {
            let synonyms = &mut expansions.0.entry((at, slot)).or_default().synonyms;
            if synonyms.len() < SYNONYMS {
                synonyms.push(synonym);
            }
        }
    }
    expansions
}

/// Adds the words that begin so, of these slots, as a set of their [`Slot::mark`]s.
pub(super) fn add_prefixes(
    searcher: &Searcher,
    visibility: &Visibility,
    query: &ParsedQuery,
    among: u64,
    expansions: &mut Expansions,
) -> Result<()> {
    for (at, word) in query.words.iter().enumerate().filter(|(_, word)| word.is_prefix) {
        for found in vocabulary::with_prefix(searcher, visibility, &word.folded, |slot| among & slot.mark() > 0)? {
            let words = &mut expansions.0.entry((at, found.slot)).or_default().words;
            if words.len() < PREFIX_WORDS {
                words.push((found.word, 1.0));
            }
        }
    }
    Ok(())
}

/// Adds what words stand for in the light of what was found: corrections of those that were not, parts and wholes of compounds; answers whether there are any.
pub(super) fn after_lookup(
    searcher: &Searcher,
    visibility: &Visibility,
    query: &ParsedQuery,
    plan: &QueryPlan,
    resolved: &ResolvedPlan,
    expansions: &mut Expansions,
) -> Result<bool> {
    // What has one word may be of any language: `net::cast` relies on that.
    let is_likely = |share: f32| share >= LIKELY || query.words.len() == 1;
    let likely: Vec<Slot> =
        resolved.likely_languages().filter(|(_, share)| is_likely(*share)).map(|(slot, _)| slot).chain([Slot::NAMES]).collect();
    let surely = resolved.likely_languages().filter(|(slot, share)| *share >= SURELY && slot.is_compounding());
    let compounding: Vec<Slot> = surely.map(|(slot, _)| slot).collect();
    let mut is_any = false;
    let unknown = unknown(searcher, visibility, query, &likely)? & !plan.stop_words;
    let mut context: Option<Context> = None;
    for (at, word) in query.words.iter().enumerate() {
        if word.is_prefix || is_literal(word) {
            continue;
        }
        let mut words = Vec::new();
        for &slot in &compounding {
            if plan.stop_words >> at & 1 == 0 {
                words.extend(compounds(searcher, visibility, &word.folded, slot)?.into_iter().map(|word| (slot, word, None)));
            }
        }
        let is_unknown = unknown >> at & 1 == 1 && words.is_empty();
        if is_unknown {
            let near = vocabulary::near_words(searcher, visibility, &word.folded, &likely)?;
            if !near.is_empty() {
                let context = match &mut context {
                    Some(context) => context,
                    None => context.insert(Context::new(searcher, visibility, resolved, unknown)?),
                };
                let is_inflected = |slot| resolved.found_in(slot) >> at & 1 == 1;
                let corrected = correct::corrections(searcher, visibility, context, &word.folded, near, is_inflected)?;
                words.extend(corrected.into_iter().map(|found| (found.slot, (found.word, 1.0), Some(found.confidence))));
            }
        }
        is_any |= !words.is_empty();
        for (slot, word, confidence) in words {
            let expansion = expansions.0.entry((at, slot)).or_default();
            expansion.words.push(word);
            expansion.is_correction = confidence.is_some();
            expansion.confidence = confidence.unwrap_or(1.0);
        }
    }
    Ok(is_any)
}

/// The words that stand nowhere in these slots as they are written, as a set of their numbers.
fn unknown(searcher: &Searcher, visibility: &Visibility, query: &ParsedQuery, slots: &[Slot]) -> Result<u64> {
    let among = slots.iter().fold(0, |set, slot| set | slot.mark());
    let mut unknown = 0;
    for (at, word) in query.words.iter().enumerate() {
        if !word.is_prefix && !is_literal(word) && vocabulary::slots_with(searcher, visibility, &word.folded, among)? == 0 {
            unknown |= 1 << at;
        }
    }
    Ok(unknown)
}

/// The parts of a compound, and the compounds that a word is part of, each with what it counts. What is left of a compound must be a word, too.
fn compounds(searcher: &Searcher, visibility: &Visibility, folded: &str, slot: Slot) -> Result<Vec<(String, f32)>> {
    if folded.chars().count() < SHORTEST_PART {
        return Ok(Vec::new());
    }
    let is_word = |rest: &str| {
        Ok::<_, super::error::SearchError>(rest.chars().count() >= SHORTEST_PART && vocabulary::contains(searcher, visibility, rest, slot)?)
    };
    let mut found = Vec::new();
    'split: for (at, _) in folded.char_indices().skip(SHORTEST_PART) {
        let (first, last) = folded.split_at(at);
        if !is_word(last)? {
            continue;
        }
        for link in LINKING_ELEMENTS {
            if let Some(first) = first.strip_suffix(link)
                && is_word(first)?
            {
                found.extend([(first.to_owned(), PART), (last.to_owned(), PART)]);
                break 'split;
            }
        }
    }
    let mut wholes = Vec::new();
    for whole in vocabulary::with_suffix(searcher, visibility, folded, slot)?.into_iter().take(LOOKED_THROUGH) {
        let Some(first) = whole.word.strip_suffix(folded) else { continue };
        for link in LINKING_ELEMENTS {
            if let Some(first) = first.strip_suffix(link)
                && is_word(first)?
            {
                wholes.push((whole.word.clone(), PART));
                break;
            }
        }
        if wholes.len() == COMPOUNDS {
            break;
        }
    }
    found.append(&mut wholes);
    for whole in vocabulary::with_prefix(searcher, visibility, folded, |other| other == slot)?.into_iter().take(LOOKED_THROUGH) {
        let Some(last) = whole.word.strip_prefix(folded) else { continue };
        for link in LINKING_ELEMENTS {
            if let Some(last) = last.strip_prefix(link)
                && is_word(last)?
            {
                wholes.push((whole.word.clone(), PART));
                break;
            }
        }
        if wholes.len() == COMPOUNDS {
            break;
        }
    }
    found.append(&mut wholes);
    Ok(found)
}

/// The query as it was perhaps meant, in the likeliest language that corrects any word of it.
pub(super) fn did_you_mean(text: &str, query: &ParsedQuery, expansions: &Expansions, resolved: &ResolvedPlan) -> Option<String> {
    let mut slots: Vec<(Slot, f32)> = resolved.likely_languages().collect();
    slots.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let order: Vec<Slot> = slots.into_iter().map(|(slot, _)| slot).chain([Slot::NAMES]).collect();
    let mut changes: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    for (at, word) in query.words.iter().enumerate() {
        let corrected =
            order.iter().find_map(|&slot| expansions.0.get(&(at, slot)).filter(|expansion| expansion.is_correction)?.words.first());
        if let Some((corrected, _)) = corrected {
            changes.extend(word.places.iter().map(|place| (place.clone(), corrected.as_str())));
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

/// How a query was understood.
pub(super) fn interpretation(query: &ParsedQuery, looked: Option<(&QueryPlan, &ResolvedPlan)>, expansions: &Expansions) -> Interpretation {
    let mut languages: Vec<(Slot, f32)> = looked.iter().flat_map(|(_, resolved)| resolved.likely_languages()).collect();
    languages.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let order: Vec<Slot> = languages.iter().map(|(slot, _)| *slot).chain([Slot::NAMES]).collect();
    let heeded = |at: usize| {
        let wanted = looked.and_then(|(plan, _)| Some(plan.terms(*order.first()?)));
        wanted.is_none_or(|wanted| wanted.iter().any(|wanted| wanted.words >> at & 1 == 1))
    };
    let words = query.words.iter().enumerate().filter(|(_, word)| !word.is_exact).map(|(at, word)| {
        let corrected =
            order.iter().find_map(|&slot| expansions.0.get(&(at, slot)).filter(|expansion| expansion.is_correction)?.words.first());
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
            kind,
            text: word.written.clone(),
            field: None,
            corrected: corrected.map(|(word, _)| word.clone()),
            synonyms,
            values: Vec::new(),
        }
    });
    let clause = |kind, text: String| Clause { kind, text, field: None, corrected: None, synonyms: Vec::new(), values: Vec::new() };
    let phrases = query.phrases.iter().map(|words| clause(ClauseKind::Phrase, words.join(" ")));
    let without = query.excluded.iter().map(|words| clause(ClauseKind::Excluded, words.join(" ")));
    let fields = query.fields.iter().map(|field| {
        let kind = if field.is_excluded { ClauseKind::ExcludedField } else { ClauseKind::Field };
        Clause {
            kind,
            text: field.written.clone(),
            field: Some(field.dimension.column()),
            corrected: None,
            synonyms: Vec::new(),
            values: field.known.clone(),
        }
    });
    let clauses = words.chain(phrases).chain(without).chain(fields).collect();
    let guess = |&(slot, likelihood): &(Slot, f32)| Some(LanguageGuess { language: slot.language()?.tag.to_owned(), likelihood });
    Interpretation {
        clauses,
        languages: languages.iter().filter(|(_, share)| *share >= LIKELY).filter_map(guess).collect(),
        is_void: false,
    }
}
