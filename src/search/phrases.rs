//! Phrases that several things use: what completes a typing when no title does.
//!
//! A phrase is two or three words that follow one another in a sentence and neither begin nor end with a function word: "rain garden", "quality of life". A document
//! has those of its titles and summaries, and those that its texts have twice. A field of the index holds them, each with the letter of its slot, so
//! that those that begin as typed are looked up; what stands in too few documents in sight is passed over.
//!
//! Invariant: a phrase is told where [`FREQUENT`] documents in sight have it, spelled as one of them spells it; hidden ones and dead ones count for nothing.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use parking_lot::RwLock;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocAddress, TantivyDocument};
use tantivy_fst::Automaton;
use uuid::Uuid;

use super::analyse::{fold_span, is_function_word};
use super::doc::SearchText;
use super::error::Result;
use super::fields::Fields;
use super::languages::Slot;
use super::score::frequency_in_sight;
use super::sieve::Sight;
use super::snapshot::Snapshot;
use super::vocabulary::{self, prefix_within};
use super::words::{Span, spans};

/// Documents in sight that must have a phrase.
pub(super) const FREQUENT: u64 = 3;
/// Letters that must be typed: fewer begin too many phrases to say anything, and titles and names say enough.
const TYPED: usize = 5;
/// Steps that a typing may be off.
const STEPS: u8 = 1;
/// Phrases of one document that are kept, and how much of a text is looked through for such that stand in it twice, in bytes.
const MOST: usize = 160;
const LOOKED_THROUGH: usize = 20_000;
/// Function words that are remembered by slot.
const MEMORY: usize = 65_536;

/// A phrase that documents in sight have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub slot: Slot,
    /// Folded, its words with spaces between.
    pub folded: String,
    pub frequency: u64,
}

/// Gathers the phrases of one document.
#[derive(Default)]
pub(super) struct Phrases(BTreeSet<String>);

impl Phrases {
    pub fn add(&mut self, slot: Slot, text: &SearchText) {
        let mut known: HashSet<u64> = HashSet::new();
        let body = &text.body[..text.body.floor_char_boundary(LOOKED_THROUGH)];
        for (part, is_told) in [(text.title.as_str(), true), (text.summary.as_str(), true), (body, false)] {
            for words in Said::of(part).phrases() {
                // What stands there for the second time is told, wherever it stood first. Most stand there once: they are known by a number alone.
                let is_again = !known.insert(number(words));
                if (is_told || is_again) && self.0.len() < MOST && is_phrase(slot, words) {
                    self.0.insert(term(slot, &spoken(words)));
                }
            }
        }
    }

    pub fn into_tokens(self) -> PreTokenizedString {
        let token = |text| Token { text, position: 0, ..Token::default() };
        PreTokenizedString { text: String::new(), tokens: self.0.into_iter().map(token).collect() }
    }
}

fn number(words: &[Word]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.iter().for_each(|word| word.folded.hash(&mut hasher));
    hasher.finish()
}

fn spoken(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn term(slot: Slot, folded: &str) -> String {
    format!("{folded}\0{}", char::from(b'!' + slot.0))
}

/// The folded words of a text, parts of joined words and not these, as they follow one another in its sentences.
pub(super) fn folded(text: &str) -> Vec<String> {
    Said::of(text).0.into_iter().map(|word| word.folded).collect()
}

struct Said(Vec<Word>);

struct Word {
    span: Span,
    folded: String,
    /// Whether it goes on with the word before.
    follows: bool,
}

impl Said {
    fn of(text: &str) -> Said {
        let mut found = Vec::new();
        spans(text, &mut found);
        let mut words: Vec<Word> = Vec::with_capacity(found.len());
        let mut end = 0;
        for span in found.into_iter().filter(|span| !span.is_joined) {
            let mut folded = String::new();
            fold_span(span, text, &mut folded);
            let between = &text[end..span.from];
            let follows =
                !words.is_empty() && !between.contains(['\n', '\u{c}']) && between.chars().all(|c| c.is_whitespace() || is_joint(c));
            end = span.to;
            if !folded.is_empty() {
                words.push(Word { span, folded, follows });
            }
        }
        Said(words)
    }

    /// Two and three words that follow one another, those that can be no phrase in any language left out.
    fn phrases(&self) -> impl Iterator<Item = &[Word]> {
        let phrase = |at: usize, length: usize| {
            let words = self.0.get(at..at + length)?;
            let is_said = words[1..].iter().all(|word| word.follows) && is_word(&words[0].folded) && is_word(&words[length - 1].folded);
            is_said.then_some(words)
        };
        (0..self.0.len()).flat_map(move |at| [2, 3].into_iter().filter_map(move |length| phrase(at, length)))
    }

    /// Where a phrase stands first, in bytes.
    fn find(&self, phrase: &str) -> Option<std::ops::Range<usize>> {
        let words: Vec<&str> = phrase.split(' ').collect();
        let is_it = |window: &&[Word]| {
            window.iter().map(|word| word.folded.as_str()).eq(words.iter().copied()) && window[1..].iter().all(|word| word.follows)
        };
        let window = self.0.windows(words.len()).find(is_it)?;
        Some(window[0].span.from..window[window.len() - 1].span.to)
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’')
}

fn is_word(folded: &str) -> bool {
    folded.chars().nth(1).is_some() && folded.chars().any(char::is_alphabetic)
}

/// Whether neither the first nor the last word is a function word of the language.
fn is_phrase(slot: Slot, words: &[Word]) -> bool {
    [words.first(), words.last()].into_iter().flatten().all(|word| !is_function(slot, &word.folded))
}

/// Whether a folded word says nothing in a language; remembered, as texts repeat their words.
fn is_function(slot: Slot, folded: &str) -> bool {
    static KNOWN: RwLock<Vec<HashMap<String, bool>>> = RwLock::new(Vec::new());
    if let Some(&known) = KNOWN.read().get(slot.index()).and_then(|known| known.get(folded)) {
        return known;
    }
    let is_function = is_function_word(slot, folded);
    let mut known = KNOWN.write();
    if known.len() <= slot.index() {
        known.resize_with(Slot::COUNT, HashMap::new);
    }
    if known[slot.index()].len() >= MEMORY {
        known[slot.index()].clear();
    }
    known[slot.index()].insert(folded.to_owned(), is_function);
    is_function
}

/// The phrases in sight that begin as typed, the most frequent first; where there is none, those that begin nearly so.
pub(super) fn beginning(snapshot: &Snapshot, sight: &Sight, typed: &[String], most: usize) -> Result<Vec<Phrase>> {
    let typed = typed.join(" ");
    if typed.chars().filter(|c| *c != ' ').count() < TYPED {
        return Ok(Vec::new());
    }
    // No word has this byte: UTF-8 has no use for it.
    let mut beyond = typed.as_bytes().to_vec();
    beyond.push(0xff);
    let ranges = snapshot.segments.iter().map(|segment| Ok(segment.shelf.phrases.terms().range().ge(&typed).lt(&beyond).into_stream()?));
    frequent(snapshot, sight, ranges.collect::<Result<_>>()?, most)
}

/// The phrases in sight whose beginning is nearest to what was typed, within the steps that a typing of its length may be off.
pub(super) fn near(snapshot: &Snapshot, sight: &Sight, typed: &[String], most: usize) -> Result<Vec<Phrase>> {
    let typed = typed.join(" ");
    for distance in 1..=vocabulary::steps(&typed).min(STEPS) {
        let near = prefix_within(&typed, distance);
        let streams = snapshot.segments.iter().map(|segment| Ok(segment.shelf.phrases.terms().search(&near).into_stream()?));
        let found = frequent(snapshot, sight, streams.collect::<Result<_>>()?, most)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Of the terms of all segments, each in its order, those that are frequent in sight.
fn frequent<A: Automaton>(snapshot: &Snapshot, sight: &Sight, mut streams: Vec<TermStreamer<'_, A>>, most: usize) -> Result<Vec<Phrase>>
where
    A::State: Clone,
{
    let mut is_there: Vec<bool> = streams.iter_mut().map(TermStreamer::advance).collect();
    let mut found: Vec<Phrase> = Vec::new();
    let mut key = Vec::new();
    let mut infos: Vec<(usize, TermInfo)> = Vec::new();
    loop {
        let next = (0..streams.len()).filter(|&at| is_there[at]).min_by(|&a, &b| streams[a].key().cmp(streams[b].key()));
        let Some(next) = next else { break };
        key.clear();
        key.extend_from_slice(streams[next].key());
        infos.clear();
        for at in next..streams.len() {
            if is_there[at] && streams[at].key() == key {
                infos.push((at, streams[at].value().clone()));
                is_there[at] = streams[at].advance();
            }
        }
        // Those in sight are at most so many: nobody need look at what is rare.
        let at_most: u64 = infos.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
        let least = found.get(most.saturating_sub(1)).map_or(FREQUENT, |last| last.frequency);
        if at_most < least {
            continue;
        }
        let mut frequency = 0;
        for (at, info) in &infos {
            frequency += frequency_in_sight(sight, &snapshot.segments[*at], &snapshot.segments[*at].shelf.phrases, info)?;
        }
        if frequency >= least
            && let Some((folded, slot)) = vocabulary::split(&key)
        {
            let phrase = Phrase { slot, folded: folded.to_owned(), frequency };
            // Equals stay in the order of the terms.
            let at = found.partition_point(|other| other.frequency >= frequency);
            found.insert(at, phrase);
            found.truncate(most);
        }
    }
    Ok(found)
}

/// A phrase as the document in sight spells it that has the least id, and in which language.
pub(super) fn spelled(snapshot: &Snapshot, sight: &Sight, fields: &Fields, phrase: &Phrase) -> Result<Option<(String, String)>> {
    let term = term(phrase.slot, &phrase.folded);
    let mut least: Option<(Uuid, DocAddress)> = None;
    for (ordinal, segment) in snapshot.segments.iter().enumerate() {
        let Some(info) = segment.shelf.phrases.terms().get(&term)? else { continue };
        let mut postings = segment.shelf.phrases.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while postings.block_len() > 0 {
            for &doc in postings.docs().iter().filter(|doc| sight.admits(segment, **doc)) {
                let id = segment.shelf.ids[doc as usize];
                if least.is_none_or(|(least, _)| id < least) {
                    least = Some((id, DocAddress::new(ordinal as u32, doc)));
                }
            }
            postings.advance();
        }
    }
    let Some((_, address)) = least else { return Ok(None) };
    let stored: TantivyDocument = snapshot.searcher.doc(address)?;
    let texts = fields.texts(&stored).into_iter().filter(|text| Slot::of(&text.language) == phrase.slot);
    let told = texts.flat_map(|text| [text.title, text.summary, text.body].map(|part| (part, text.language.clone())));
    let spelled = told.filter_map(|(part, language)| Some((part[Said::of(&part).find(&phrase.folded)?].to_owned(), language)));
    Ok(spelled.into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(language: &str, title: &str, body: &str) -> Vec<String> {
        let text = SearchText { language: language.to_owned(), title: title.to_owned(), body: body.to_owned(), ..SearchText::default() };
        let mut phrases = Phrases::default();
        phrases.add(Slot::of(language), &text);
        phrases.0.iter().filter_map(|term| Some(vocabulary::split(term.as_bytes())?.0.to_owned())).collect()
    }

    #[test]
    fn phrases_neither_begin_nor_end_with_function_words() {
        assert_eq!(phrases("en", "The quality of life", ""), ["quality of life"]);
        assert_eq!(phrases("en", "Rain gardens, street trees", ""), ["rain gardens", "street trees"]);
        assert_eq!(phrases("de", "Grüne Dächer der Stadt", ""), ["dacher der stadt", "grune dacher"]);
        assert_eq!(phrases("fr", "L'école de la ville", ""), [""; 0]);
    }

    #[test]
    fn what_a_text_says_twice_is_its_phrase() {
        assert_eq!(phrases("en", "", "Cargo bikes are lent. Cargo bikes are new."), ["cargo bikes"]);
        assert_eq!(phrases("en", "Cargo bikes", "They are lent."), ["cargo bikes"]);
    }
}
