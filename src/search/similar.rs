//! What is like a document: others with its characteristic words, in any language they have in common.
//!
//! Of each language version of the document, the words that occur often in it and seldom elsewhere are sought as a question would be; what has a theme in common
//! counts a tenth more. Nothing is read but documents in sight, so what is hidden changes nothing.

use std::collections::BTreeMap;

use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{DocAddress, TantivyDocument};

use super::analyse::{Analyser, fold_words, function_slots};
use super::collect::Gather;
use super::doc::{DocKey, SearchText};
use super::error::Result;
use super::fields::{Dimension, Fields};
use super::languages::Slot;
use super::plan::{Plan, Sought, Wanted};
use super::request::{Filter, Page, SearchRequest};
use super::score::{self, LookedUp};
use super::sieve::{Sieve, Sight};
use super::snapshot::Snapshot;
use super::values::Space;

/// The words of a document that are sought.
const WORDS: usize = 24;
/// What a theme in common counts.
const THEME: f32 = 1.1;

/// Documents of the same kind that are like one, the most alike first. Empty where that one is not in sight.
pub(super) fn similar(snapshot: &Snapshot, fields: &Fields, key: &DocKey, allowed: Option<&[String]>, count: usize) -> Result<Vec<DocKey>> {
    let sight = Sight::new(allowed, snapshot);
    let Some(own) = find(snapshot, fields, &sight, key)? else { return Ok(Vec::new()) };
    let stored: TantivyDocument = snapshot.searcher.doc(own)?;
    let lengths = sight.lengths(snapshot);
    let mut slots: BTreeMap<Slot, Vec<Wanted>> = BTreeMap::new();
    for text in fields.texts(&stored) {
        let slot = Slot::of(&text.language);
        slots.entry(slot).or_insert(characteristic(snapshot, &sight, &text, slot, lengths[slot.index()].docs)?);
    }
    let sought = slots.into_iter().map(|(slot, wanted)| Sought { slot, wanted, familiar: 0, foreign: 0 });
    let plan = Plan { slots: sought.collect(), function: 0 };
    let looked_up = LookedUp::new(snapshot, &sight, &plan, &lengths, None)?.all_alike();
    let page = Page { first: Some(count), ..Page::default() };
    let request = SearchRequest { filter: Filter { kinds: vec![key.kind.clone()], ..Filter::default() }, page, ..SearchRequest::default() };
    let sieve = Sieve::new(&request.filter, snapshot);
    let mut gather = Gather::new(snapshot, &request);
    let is_theme = |number: &u32| snapshot.values.space(*number) == Space::Dimension(Dimension::Theme);
    let themes: Vec<u32> = snapshot.segments[own.segment_ord as usize].shelf.values(own.doc_id).iter().copied().filter(is_theme).collect();
    let mut among = sight.seen().to_vec();
    for (segment, docs) in snapshot.segments.iter().zip(&mut among) {
        sieve.narrow(segment, docs);
        if segment.ordinal == own.segment_ord as usize {
            docs.narrow(segment.max_doc() as usize, |docs| docs.remove(own.doc_id));
        }
    }
    looked_up.score(snapshot, &among, &[], 0, |ordinal, doc, score, slot| {
        let shares_theme = snapshot.segments[ordinal].shelf.values(doc).iter().any(|value| themes.contains(value));
        gather.add(&sieve, ordinal, doc, Some((if shares_theme { score * THEME } else { score }, slot)));
    })?;
    Ok(gather.finish(fields, None)?.hits.into_iter().map(|hit| hit.key).collect())
}

fn find(snapshot: &Snapshot, fields: &Fields, sight: &Sight, key: &DocKey) -> Result<Option<DocAddress>> {
    let mut found = None;
    snapshot.each_of(fields, key, |ordinal, doc| {
        if sight.admits(&snapshot.segments[ordinal], doc) {
            found = Some(DocAddress::new(ordinal as u32, doc));
        }
    })?;
    Ok(found)
}

/// The words that tell a text from others, each weighing by how often it occurs.
fn characteristic(snapshot: &Snapshot, sight: &Sight, text: &SearchText, slot: Slot, docs: u64) -> Result<Vec<Wanted>> {
    let mut analyser = Analyser::new(slot);
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    // The title says what it is about: it counts twice.
    for part in [&text.title, &text.title, &text.summary, &text.body] {
        let mut tokens = analyser.token_stream(part);
        while tokens.advance() {
            if tokens.is_again() {
                continue;
            }
            let token = tokens.token();
            let written = &part[token.offset_from..token.offset_to];
            let folded = fold_words(written).pop().unwrap_or_default();
            if function_slots(written, &folded) & slot.bit() == 0 {
                *counts.entry(token.text.clone()).or_default() += 1.0;
            }
        }
    }
    let mut weighed = Vec::new();
    for (term, count) in counts {
        let frequency = score::frequency(snapshot, sight, slot, &term)?;
        let weight = 1.0 + count.ln();
        // A word that stands here alone finds nothing else.
        if frequency > 1 {
            weighed.push((weight * score::rarity(frequency, docs), weight, term));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    weighed.truncate(WORDS);
    Ok(weighed.into_iter().map(|(_, weight, term)| Wanted { terms: vec![(term, 1.0)], phrases: Vec::new(), weight, words: 0 }).collect())
}
