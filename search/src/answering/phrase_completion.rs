//! The most frequent phrases that begin as typed.
//!
//! Thousands may begin so, and a phrase is counted over all segments and only where it is visible. So they are taken from the most frequent in any segment on, until
//! no other can be more frequent than those found: Fagin's threshold algorithm ("Combining Fuzzy Information from Multiple Systems", 1996), with a byte a phrase and segment to go by.
//!
//! Invariant: a phrase is told where [`FREQUENT`] visible documents have it, spelled as one of them spells it; hidden ones and dead ones count for nothing.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use tantivy::postings::TermInfo;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{DocAddress, TantivyDocument};
use uuid::Uuid;

use crate::analysis::{FoldedText, Slot, find};
use crate::contract::{Result, SearchError};
use crate::index::{EditAutomaton, Fields, Searcher, Visibility, each_visible_doc, max_edits, visible_doc_freq};

/// Visible documents that must have a phrase.
pub const FREQUENT: u64 = 3;
/// Letters that must be typed: fewer begin too many phrases to say anything, and titles and names say enough.
const TYPED: usize = 5;
/// Edits that a prefix may be off.
const STEPS: u8 = 1;

/// Phrases that are sooner looked at one by one; few in tests, so that both ways are gone.
const FEW: u64 = if cfg!(test) { 4 } else { 2_048 };

/// A phrase that visible documents have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub slot: Slot,
    /// Folded, its words with spaces between.
    pub folded: String,
    pub frequency: u64,
}

/// The visible phrases that begin as typed, the most frequent first.
pub fn with_prefix(searcher: &Searcher, visibility: &Visibility, typed: &[String], most: usize) -> Result<Vec<Phrase>> {
    let typed = typed.join(" ");
    if typed.chars().filter(|c| *c != ' ').count() < TYPED {
        return Ok(Vec::new());
    }
    most_frequent(searcher, visibility, &BTreeSet::from([typed.into_bytes()]), most)
}

/// The visible phrases whose beginning is nearest to what was typed, within the edits that a prefix of its length may be off.
pub fn near_prefix(searcher: &Searcher, visibility: &Visibility, typed: &[String], most: usize) -> Result<Vec<Phrase>> {
    let typed = typed.join(" ");
    for distance in 1..=max_edits(&typed).min(STEPS) {
        let near = EditAutomaton::of_prefixes(distance, &typed);
        let mut beginnings = BTreeSet::new();
        for segment in &searcher.segments {
            beginnings.append(&mut near.prefixes(segment.columns.phrases.terms())?);
        }
        let found = most_frequent(searcher, visibility, &beginnings, most)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The most frequent phrases found so far; equals in the order of their terms.
struct TopPhrases<'a> {
    searcher: &'a Searcher,
    visibility: &'a Visibility,
    most: usize,
    found: Vec<(u64, Vec<u8>)>,
}

impl TopPhrases<'_> {
    /// How frequent a phrase must be to be one of them.
    fn least(&self) -> u64 {
        self.found.get(self.most.saturating_sub(1)).map_or(FREQUENT, |last| last.0)
    }

    /// Takes a phrase in, if it is frequent among the visible, by where it stands in each segment.
    fn consider(&mut self, term: &[u8], infos: &[(usize, TermInfo)]) -> Result<()> {
        // The visible are at most so many: nobody need look at what is rare.
        let at_most: u64 = infos.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
        let least = self.least();
        if at_most < least || self.found.iter().any(|(_, known)| known == term) {
            return Ok(());
        }
        let mut frequency = 0;
        for (at, info) in infos {
            let segment = &self.searcher.segments[*at];
            frequency += visible_doc_freq(self.visibility, segment, &segment.columns.phrases, info)?;
        }
        if frequency >= least {
            let at = self.found.partition_point(|known| (Reverse(known.0), &known.1[..]) < (Reverse(frequency), term));
            self.found.insert(at, (frequency, term.to_vec()));
            self.found.truncate(self.most);
        }
        Ok(())
    }
}

/// Of the phrases that begin in one of these ways, those that are frequent among the visible.
fn most_frequent(searcher: &Searcher, visibility: &Visibility, beginnings: &BTreeSet<Vec<u8>>, most: usize) -> Result<Vec<Phrase>> {
    let mut top = TopPhrases { searcher, visibility, most, found: Vec::new() };
    let mut ranges: Vec<(usize, Range<u64>)> = Vec::new();
    for (at, segment) in searcher.segments.iter().enumerate() {
        for beginning in beginnings {
            ranges.push((at, range(segment.columns.phrases.terms(), beginning)?));
        }
    }
    let is_many = ranges.iter().map(|(_, range)| range.end - range.start).sum::<u64>() > FEW;
    if !(is_many && consider_by_frequency(searcher, &ranges, &mut top)?) {
        for beginning in beginnings {
            // Those that stand several times in a segment were led to.
            consider_all(searcher, beginning, |infos| !is_many || infos.iter().all(|(_, info)| info.doc_freq == 1), &mut top)?;
        }
    }
    let phrase = |(frequency, term): (u64, Vec<u8>)| {
        let (folded, slot) = Slot::split_term(&term)?;
        Some(Phrase { slot, folded: folded.to_owned(), frequency })
    };
    Ok(top.found.into_iter().filter_map(phrase).collect())
}

/// The end of a prefix's terms: no word has this byte, as UTF-8 has no use for it.
fn beyond(beginning: &[u8]) -> Vec<u8> {
    [beginning, &[0xff]].concat()
}

/// Which of a segment's phrases begin so, by their numbers.
fn range(phrases: &TermDictionary, beginning: &[u8]) -> Result<Range<u64>> {
    let first = |from: &[u8]| {
        let mut behind = phrases.range().ge(from).into_stream()?;
        Ok::<_, SearchError>(if behind.advance() { behind.term_ord() } else { phrases.num_terms() as u64 })
    };
    Ok(first(beginning)?..first(&beyond(beginning))?)
}

/// Considers phrases from the most frequent on, whichever the segment, until no other can be more frequent; answers whether it came so far.
fn consider_by_frequency(searcher: &Searcher, ranges: &[(usize, Range<u64>)], top: &mut TopPhrases) -> Result<bool> {
    let mut phrases: Vec<(u8, usize, u64)> = Vec::new();
    for (at, range) in ranges {
        let frequencies = &searcher.segments[*at].columns.phrase_frequencies()?.0[range.start as usize..range.end as usize];
        // What stands once in every segment is not led to: too many do.
        let several = frequencies.iter().zip(range.start..).filter(|(frequency, _)| **frequency > 1);
        phrases.extend(several.map(|(&frequency, phrase)| (frequency, *at, phrase)));
    }
    phrases.sort_unstable_by_key(|(frequency, ..)| Reverse(*frequency));
    // What is still to come stands in each segment at most as often as the most frequent there, and as the last that came.
    let mut peaks = vec![0; searcher.segments.len()];
    ranges.iter().filter(|(_, range)| !range.is_empty()).for_each(|(at, _)| peaks[*at] = 1);
    for (frequency, at, _) in &phrases {
        peaks[*at] = peaks[*at].max(u64::from(*frequency));
    }
    let at_most = |frequency: u64| peaks.iter().map(|peak| frequency.min(*peak)).sum::<u64>();
    let mut term = Vec::new();
    for (frequency, from, phrase) in phrases {
        if frequency < u8::MAX && at_most(u64::from(frequency)) < top.least() {
            return Ok(true);
        }
        if !searcher.segments[from].columns.phrases.terms().ord_to_term(phrase, &mut term)? {
            continue;
        }
        let mut infos: Vec<(usize, TermInfo)> = Vec::new();
        for (at, segment) in searcher.segments.iter().enumerate() {
            infos.extend(segment.columns.phrases.terms().get(&term)?.map(|info| (at, info)));
        }
        // Once is enough: where it is first the most frequent.
        let told = |info: &TermInfo| u8::try_from(info.doc_freq).unwrap_or(u8::MAX);
        if infos.iter().all(|(at, info)| told(info) < frequency || (told(info) == frequency && *at >= from)) {
            top.consider(&term, &infos)?;
        }
    }
    Ok(at_most(1) < top.least())
}

/// Considers every phrase that begins so and is left, in the order of the terms.
fn consider_all(searcher: &Searcher, beginning: &[u8], is_left: impl Fn(&[(usize, TermInfo)]) -> bool, top: &mut TopPhrases) -> Result<()> {
    let beyond = beyond(beginning);
    let streams =
        searcher.segments.iter().map(|segment| Ok(segment.columns.phrases.terms().range().ge(beginning).lt(&beyond).into_stream()?));
    let mut streams: Vec<TermStreamer<'_>> = streams.collect::<Result<_>>()?;
    let mut is_there: Vec<bool> = streams.iter_mut().map(TermStreamer::advance).collect();
    let mut term = Vec::new();
    let mut infos: Vec<(usize, TermInfo)> = Vec::new();
    loop {
        let next = (0..streams.len()).filter(|&at| is_there[at]).min_by(|&a, &b| streams[a].key().cmp(streams[b].key()));
        let Some(next) = next else { return Ok(()) };
        term.clear();
        term.extend_from_slice(streams[next].key());
        infos.clear();
        for at in next..streams.len() {
            if is_there[at] && streams[at].key() == term {
                infos.push((at, streams[at].value().clone()));
                is_there[at] = streams[at].advance();
            }
        }
        if is_left(&infos) {
            top.consider(&term, &infos)?;
        }
    }
}

/// A phrase as the visible document spells it that has the least id, and in which language.
pub fn as_written(searcher: &Searcher, visibility: &Visibility, fields: &Fields, phrase: &Phrase) -> Result<Option<(String, String)>> {
    let term = phrase.slot.term(&phrase.folded);
    let mut least: Option<(Uuid, DocAddress)> = None;
    for segment in &searcher.segments {
        let Some(info) = segment.columns.phrases.terms().get(&term)? else { continue };
        each_visible_doc(visibility, segment, &segment.columns.phrases, &info, |doc| {
            let id = segment.columns.ids[doc as usize];
            if least.is_none_or(|(least, _)| id < least) {
                least = Some((id, DocAddress::new(segment.ordinal as u32, doc)));
            }
        })?;
    }
    let Some((_, address)) = least else { return Ok(None) };
    let stored: TantivyDocument = searcher.engine.doc(address)?;
    let texts = fields.texts(&stored).into_iter().filter(|text| Slot::of(&text.language) == phrase.slot);
    let told = texts.flat_map(|text| [text.title, text.summary, text.body].map(|part| (part, text.language.clone())));
    let spelled = told.filter_map(|(part, language)| Some((part[find(&FoldedText::of(&part), &phrase.folded)?].to_owned(), language)));
    Ok(spelled.into_iter().next())
}
