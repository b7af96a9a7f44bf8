//! Completes what is being typed, from titles and names, and from phrases that several things use.
//!
//! The index holds the edge n-grams of every word of a title or name, so what is typed is looked up, not scanned for; where nothing begins so, each word is put right as in a search. A document in whose titles or names a word begins with
//! each typed one is a candidate. What has names of its own is read first, then the shortest; those whose text begins as typed come first, names before titles, and of names those of
//! the thing itself before those of what it belongs to. Phrases
//! come after them; a third of the places is theirs where there are so many.
//!
//! Invariant: only documents in the viewer's sight are candidates, and tell of phrases.

use std::collections::HashSet;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId};
use uuid::Uuid;

use super::phrase_completion;
use crate::analysis::{EDGE_NGRAM, fold_words, phrases};
use crate::contract::{Dimension, DocKey, Filter, Result, SuggestRequest, Suggestion, SuggestionSource};
use crate::index::{Fields, NameOrTitle, Searcher, Segment, ValueSpace, Visibility, vocabulary};
use crate::matching::DocFilter;

/// How many candidates are read, and how many typed words are heeded.
const CANDIDATES: usize = 64;
const WORDS: usize = 8;

pub fn suggest(searcher: &Searcher, fields: &Fields, request: &SuggestRequest) -> Result<Vec<Suggestion>> {
    let mut typed = fold_words(&request.text[..request.text.floor_char_boundary(400)]);
    typed.truncate(WORDS);
    if typed.is_empty() || request.count == 0 {
        return Ok(Vec::new());
    }
    let visibility = Visibility::new(request.allowed.as_deref(), searcher);
    let doc_filter = DocFilter::new(&Filter { kinds: request.kinds.clone(), ..Filter::default() }, searcher);
    let mut candidates = candidates(searcher, &visibility, &doc_filter, &typed)?;
    if candidates.is_empty() {
        typed = corrected(searcher, &visibility, &typed)?;
        candidates = self::candidates(searcher, &visibility, &doc_filter, &typed)?;
    }
    let mut found: Vec<(Fit, Uuid, Suggestion)> = Vec::new();
    for (_, id, address) in candidates {
        let kind = searcher.segments[address.segment_ord as usize].columns.values(address.doc_id)[0];
        let key = DocKey { kind: searcher.values.value(kind).to_string(), id };
        let texts = searcher.names_and_titles(fields, address)?;
        let has_names = named_kinds().any(|kind| kind == key.kind);
        let whose = |language: &Option<String>| match language {
            Some(_) => Whose::Title,
            None if has_names => Whose::OwnName,
            None => Whose::NameOfAnother,
        };
        let fits = texts.iter().filter_map(|told| Some((Fit::of(told, whose(&told.language), &typed)?, told)));
        let best = fits.min_by(|a, b| (&a.0, &a.1.text).cmp(&(&b.0, &b.1.text)));
        found.extend(best.map(|(fit, told)| {
            let (text, language) = (told.text.clone(), told.language.clone());
            let source = if language.is_some() { SuggestionSource::Title(key) } else { SuggestionSource::Name(key) };
            (fit, id, Suggestion { text, language, source })
        }));
    }
    found.sort_by(|a, b| (&a.0, &a.2.text, a.1).cmp(&(&b.0, &b.2.text, b.1)));
    let mut told = HashSet::new();
    found.retain(|(_, _, suggestion)| told.insert(suggestion.text.clone()));
    let mut suggestions: Vec<Suggestion> = found.into_iter().map(|(_, _, suggestion)| suggestion).collect();
    suggestions.truncate(request.count);
    let phrases = phrases(searcher, fields, &visibility, request, &suggestions)?;
    let of_phrases = phrases.len().min((request.count / 3).max(request.count - suggestions.len()));
    suggestions.truncate(request.count - of_phrases);
    suggestions.extend(phrases.into_iter().take(of_phrases));
    Ok(suggestions)
}

/// Phrases that complete what is typed, or nearly, where nothing else does; none where only some kinds are asked for.
fn phrases(
    searcher: &Searcher,
    fields: &Fields,
    visibility: &Visibility,
    request: &SuggestRequest,
    told: &[Suggestion],
) -> Result<Vec<Suggestion>> {
    if !request.kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut typed = phrases::folded(&request.text[..request.text.floor_char_boundary(400)]);
    typed.truncate(WORDS);
    let mut found = phrase_completion::with_prefix(searcher, visibility, &typed, request.count)?;
    if found.is_empty() && told.is_empty() {
        found = phrase_completion::near_prefix(searcher, visibility, &typed, request.count)?;
    }
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for phrase in found {
        let Some((text, language)) = phrase_completion::as_written(searcher, visibility, fields, &phrase)? else { continue };
        if told.iter().chain(&suggestions).all(|other| fold_words(&other.text) != fold_words(&text)) {
            suggestions.push(Suggestion { text, language: Some(language), source: SuggestionSource::Phrase });
        }
    }
    Ok(suggestions)
}

/// A document that may be told: its rank, its id, and where it lies.
type Candidate = (usize, Uuid, DocAddress);

/// What has names of its own before what has not, then the shorter before the longer: a city stands before everything that is said of it.
fn rank(own: &[u32], segment: &Segment, doc: DocId) -> usize {
    let is_other = !own.contains(&segment.columns.values(doc)[0]);
    usize::from(is_other) * LENGTHS + usize::from(segment.columns.edge_ngram_lengths.fieldnorm_id(doc))
}

/// Lengths that are told apart.
const LENGTHS: usize = 256;

/// The first candidates: as many as are read, and those of the same rank as the last of them.
fn candidates(searcher: &Searcher, visibility: &Visibility, doc_filter: &DocFilter, typed: &[String]) -> Result<Vec<Candidate>> {
    let ordinal = |kind| searcher.values.ordinal(ValueSpace::Dimension(Dimension::Kind), kind);
    let own: Vec<u32> = named_kinds().filter_map(ordinal).collect();
    let mut found: Vec<Vec<DocId>> = Vec::with_capacity(searcher.segments.len());
    let mut count_by_rank = [0; 2 * LENGTHS];
    for (segment, docs) in searcher.segments.iter().zip(visibility.docs()) {
        let mut docs = docs.clone();
        doc_filter.narrow(segment, &mut docs);
        let mut here = docs_with_prefixes(segment, typed)?;
        here.retain(|doc| docs.contains(*doc));
        here.iter().for_each(|doc| count_by_rank[rank(&own, segment, *doc)] += 1);
        found.push(here);
    }
    let mut count = 0;
    let is_enough = |of_rank: &usize| {
        count += of_rank;
        count >= CANDIDATES
    };
    let last = count_by_rank.iter().position(is_enough).unwrap_or(count_by_rank.len());
    let mut candidates = Vec::new();
    for (segment, docs) in searcher.segments.iter().zip(found) {
        let candidate = |doc: DocId| {
            let rank = rank(&own, segment, doc);
            (rank <= last).then(|| (rank, segment.columns.ids[doc as usize], DocAddress::new(segment.ordinal as u32, doc)))
        };
        candidates.extend(docs.into_iter().filter_map(candidate));
    }
    if candidates.len() > CANDIDATES {
        candidates.select_nth_unstable(CANDIDATES);
        candidates.truncate(CANDIDATES);
    }
    Ok(candidates)
}

/// The kinds of things that have names of their own.
fn named_kinds() -> impl Iterator<Item = &'static str> {
    Dimension::ALL.into_iter().filter(|dimension| dimension.has_things()).map(Dimension::column)
}

/// The typed words with those that begin no visible word put right: by the beginning of one that is near, the more frequent first.
fn corrected(searcher: &Searcher, visibility: &Visibility, typed: &[String]) -> Result<Vec<String>> {
    typed.iter().map(|word| Ok(vocabulary::nearest_prefix(searcher, visibility, word)?.unwrap_or_else(|| word.clone()))).collect()
}

/// How well a text completes what is typed; the smaller the better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    begins_otherwise: bool,
    whose: Whose,
    length: usize,
}

/// Whose a text is. Cities, themes, goals and programmes have names; a practice has that of its city.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    OwnName,
    NameOfAnother,
    Title,
}

impl Fit {
    /// `None` when the text is no completion.
    fn of(told: &NameOrTitle, whose: Whose, typed: &[String]) -> Option<Fit> {
        let words = &told.words;
        let is_begun = typed.iter().all(|typed| words.iter().any(|word| word.starts_with(typed)));
        let begins = words.len() >= typed.len() && words.iter().zip(typed).all(|(word, typed)| word.starts_with(typed));
        is_begun.then(|| Fit { begins_otherwise: !begins, whose, length: told.text.chars().count() })
    }
}

/// The documents in which every typed word begins a word.
fn docs_with_prefixes(segment: &Segment, typed: &[String]) -> Result<Vec<DocId>> {
    let index = &segment.columns.edge_ngrams;
    let mut infos: Vec<TermInfo> = Vec::new();
    for word in typed {
        let to = word.char_indices().nth(EDGE_NGRAM).map_or(word.len(), |(at, _)| at);
        match index.terms().get(&word.as_bytes()[..to])? {
            Some(info) => infos.push(info),
            None => return Ok(Vec::new()),
        }
    }
    infos.sort_by_key(|info| info.doc_freq);
    let mut docs: Option<Vec<DocId>> = None;
    for info in &infos {
        let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut kept = Vec::new();
        let mut before = docs.as_deref().map(|docs| docs.iter().copied().peekable());
        while postings.block_len() > 0 {
            for &doc in postings.docs() {
                match &mut before {
                    None => kept.push(doc),
                    Some(before) => {
                        while before.next_if(|&earlier| earlier < doc).is_some() {}
                        kept.extend(before.next_if_eq(&doc));
                    }
                }
            }
            postings.advance();
        }
        docs = Some(kept);
    }
    Ok(docs.unwrap_or_default())
}
