//! What is like a document: others with its characteristic words, in any language they have in common.
//!
//! Of each language version of the document, the words that occur often in it and seldom elsewhere are sought as a query would be; what has a theme in common
//! counts a tenth more. Nothing is read but visible documents, so what is hidden changes nothing.

use std::collections::BTreeMap;

use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{DocAddress, TantivyDocument};

use crate::analysis::{Analyzer, Slot, fold_words, stop_word_slots};
use crate::collecting::PageCollector;
use crate::contract::{Dimension, DocKey, Filter, Page, Result, SearchRequest, SearchText};
use crate::index::{Fields, Searcher, ValueSpace, Visibility};
use crate::matching::{DocFilter, ResolvedPlan, term_lookup};
use crate::query::{PlannedTerm, QueryPlan, SlotPlan};

/// The words of a document that are sought.
const WORDS: usize = 24;
/// What a theme in common counts.
const THEME: f32 = 1.1;

/// Documents of the same kind that are like one, the most alike first. Empty where that one is not visible.
pub fn similar(searcher: &Searcher, fields: &Fields, key: &DocKey, allowed: Option<&[String]>, count: usize) -> Result<Vec<DocKey>> {
    let visibility = Visibility::new(allowed, searcher);
    let Some(own) = find(searcher, fields, &visibility, key)? else { return Ok(Vec::new()) };
    let stored: TantivyDocument = searcher.engine.doc(own)?;
    let stats = visibility.stats(searcher);
    let mut slots: BTreeMap<Slot, Vec<PlannedTerm>> = BTreeMap::new();
    for text in fields.texts(&stored) {
        let slot = Slot::of(&text.language);
        slots.entry(slot).or_insert(characteristic(searcher, &visibility, &text, slot, stats[slot.index()].docs)?);
    }
    let sought = slots.into_iter().map(|(slot, wanted)| SlotPlan { slot, wanted, stop_words: 0, foreign_stop_words: 0 });
    let plan = QueryPlan { slots: sought.collect(), stop_words: 0 };
    let resolved = ResolvedPlan::new(searcher, &visibility, &plan, &stats, None)?.with_equal_trust();
    let page = Page { first: Some(count), ..Page::default() };
    let request = SearchRequest { filter: Filter { kinds: vec![key.kind.clone()], ..Filter::default() }, page, ..SearchRequest::default() };
    let doc_filter = DocFilter::new(&request.filter, searcher);
    let mut collector = PageCollector::new(searcher, &request);
    let is_theme = |ordinal: &u32| searcher.values.space(*ordinal) == ValueSpace::Dimension(Dimension::Theme);
    let themes: Vec<u32> =
        searcher.segments[own.segment_ord as usize].columns.values(own.doc_id).iter().copied().filter(is_theme).collect();
    let mut among = visibility.docs().to_vec();
    for (segment, docs) in searcher.segments.iter().zip(&mut among) {
        doc_filter.narrow(segment, docs);
        if segment.ordinal == own.segment_ord as usize {
            docs.narrow(segment.max_doc() as usize, |docs| docs.remove(own.doc_id));
        }
    }
    resolved.score(searcher, &among, &[], 0, |ordinal, doc, score, slot| {
        let shares_theme = searcher.segments[ordinal].columns.values(doc).iter().any(|value| themes.contains(value));
        collector.add(&doc_filter, ordinal, doc, Some((if shares_theme { score * THEME } else { score }, slot)));
    })?;
    Ok(collector.finish().candidates.iter().map(|candidate| candidate.key(&searcher.values)).collect())
}

fn find(searcher: &Searcher, fields: &Fields, visibility: &Visibility, key: &DocKey) -> Result<Option<DocAddress>> {
    let mut found = None;
    searcher.each_doc_of(fields, key, |ordinal, doc| {
        if visibility.admits(&searcher.segments[ordinal], doc) {
            found = Some(DocAddress::new(ordinal as u32, doc));
        }
    })?;
    Ok(found)
}

/// The words that tell a text from others, each weighing by how often it occurs.
fn characteristic(searcher: &Searcher, visibility: &Visibility, text: &SearchText, slot: Slot, docs: u64) -> Result<Vec<PlannedTerm>> {
    let mut analyzer = Analyzer::new(slot);
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    // The title says what it is about: it counts twice.
    for part in [&text.title, &text.title, &text.summary, &text.body] {
        let mut tokens = analyzer.token_stream(part);
        while tokens.advance() {
            if tokens.is_same_position() {
                continue;
            }
            let token = tokens.token();
            let written = &part[token.offset_from..token.offset_to];
            let folded = fold_words(written).pop().unwrap_or_default();
            if stop_word_slots(written, &folded) & slot.bit() == 0 {
                *counts.entry(token.text.clone()).or_default() += 1.0;
            }
        }
    }
    let mut weighed = Vec::new();
    for (term, count) in counts {
        let frequency = term_lookup::doc_freq(searcher, visibility, slot, &term)?;
        let weight = 1.0 + count.ln();
        // A word that stands here alone finds nothing else.
        if frequency > 1 {
            weighed.push((weight * term_lookup::idf(frequency, docs), weight, term));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    weighed.truncate(WORDS);
    Ok(weighed
        .into_iter()
        .map(|(_, weight, term)| PlannedTerm { terms: vec![(term, 1.0)], phrases: Vec::new(), weight, words: 0 })
        .collect())
}
