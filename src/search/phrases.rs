//! Phrases that several things use: what completes a typing when no title does.
//!
//! A phrase is two or three words that follow one another in a sentence and neither begin nor end with a function word: "rain garden", "quality of life". A document
//! has those of its titles, of its summaries (of three words only with a function word between), and those that its texts have twice. A field of the index holds them, each with the letter of its slot, so
//! that those that begin as typed are looked up, the most frequent first; what stands in too few documents in sight is passed over.
//!
//! Invariant: a phrase is told where [`FREQUENT`] documents in sight have it, spelled as one of them spells it; hidden ones and dead ones count for nothing.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashSet};
use parking_lot::RwLock;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{DocAddress, TantivyDocument};
use uuid::Uuid;

use super::analyse::is_function_word;
use super::error::{Result, SearchError};
use super::fields::Fields;
use super::folded::{Folded, Word};
use super::languages::Slot;
use super::score::frequency_in_sight;
use super::sieve::Sight;
use super::snapshot::Snapshot;
use super::vocabulary::{self, prefix_within};

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
    /// Adds the phrases of a text: of its title, its summary and its body.
    pub fn add(&mut self, slot: Slot, title: &Folded, summary: &Folded, body: &Folded) {
        let mut known: HashSet<u64> = HashSet::default();
        for (part, place) in [(title, Place::Title), (summary, Place::Summary), (body, Place::Body)] {
            for words in phrases(part) {
                // What stands there for the second time is told, wherever it stood first. Most stand there once: they are known by a number alone.
                let is_again = !known.insert(number(part, words));
                let is_told = is_again || place.tells(slot, part, words);
                if is_told && self.0.len() < MOST && is_phrase(slot, part, words) {
                    self.0.insert(term(slot, &spoken(part, words)));
                }
            }
        }
    }

    /// The terms, a line each.
    pub fn into_lines(self) -> String {
        self.0.into_iter().collect::<Vec<_>>().join("\n")
    }
}

/// Where in a text a phrase stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Title,
    Summary,
    Body,
}

impl Place {
    /// Whether a phrase is told that stands here once. A summary tells three words only where the middle one holds the others together: most others are nobody
    /// else's, and there would be as many of them as of everything else.
    fn tells(self, slot: Slot, part: &Folded, words: &[Word]) -> bool {
        match self {
            Place::Title => true,
            Place::Summary => words.len() == 2 || is_function(slot, part.letters(&words[1])),
            Place::Body => false,
        }
    }
}

fn number(part: &Folded, words: &[Word]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    words.iter().for_each(|word| part.letters(word).hash(&mut hasher));
    hasher.finish()
}

fn spoken(part: &Folded, words: &[Word]) -> String {
    words.iter().map(|word| part.letters(word)).collect::<Vec<_>>().join(" ")
}

fn term(slot: Slot, folded: &str) -> String {
    format!("{folded}\0{}", char::from(b'!' + slot.0))
}

/// The folded words of a text, parts of joined words and not these, as they follow one another in its sentences.
pub(super) fn folded(text: &str) -> Vec<String> {
    let folded = Folded::of(text);
    folded.words().iter().map(|word| folded.letters(word).to_owned()).collect()
}

/// Two and three words of a text that follow one another, those that can be no phrase in any language left out.
fn phrases(part: &Folded) -> impl Iterator<Item = &[Word]> {
    let words = part.words();
    let looked_through = words.partition_point(|word| word.span.to <= LOOKED_THROUGH);
    let phrase = move |at: usize, length: usize| {
        let words = words[..looked_through].get(at..at + length)?;
        let (first, last) = (part.letters(&words[0]), part.letters(&words[length - 1]));
        (words[1..].iter().all(|word| word.follows) && is_word(first) && is_word(last)).then_some(words)
    };
    (0..looked_through).flat_map(move |at| [2, 3].into_iter().filter_map(move |length| phrase(at, length)))
}

/// Where a phrase stands first in a text, in bytes.
fn find(text: &Folded, phrase: &str) -> Option<Range<usize>> {
    let words: Vec<&str> = phrase.split(' ').collect();
    let is_it = |window: &&[Word]| {
        window.iter().map(|word| text.letters(word)).eq(words.iter().copied()) && window[1..].iter().all(|word| word.follows)
    };
    let window = text.words().windows(words.len()).find(is_it)?;
    Some(window[0].span.from..window[window.len() - 1].span.to)
}

fn is_word(folded: &str) -> bool {
    folded.chars().nth(1).is_some() && folded.chars().any(char::is_alphabetic)
}

/// Whether neither the first nor the last word is a function word of the language.
fn is_phrase(slot: Slot, part: &Folded, words: &[Word]) -> bool {
    [words.first(), words.last()].into_iter().flatten().all(|word| !is_function(slot, part.letters(word)))
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
        known.resize_with(Slot::COUNT, HashMap::default);
    }
    if known[slot.index()].len() >= MEMORY {
        known[slot.index()].clear();
    }
    known[slot.index()].insert(folded.to_owned(), is_function);
    is_function
}

/// The phrases in sight that begin as typed, the most frequent first.
pub(super) fn beginning(snapshot: &Snapshot, sight: &Sight, typed: &[String], most: usize) -> Result<Vec<Phrase>> {
    let typed = typed.join(" ");
    if typed.chars().filter(|c| *c != ' ').count() < TYPED {
        return Ok(Vec::new());
    }
    frequent(snapshot, sight, &BTreeSet::from([typed.into_bytes()]), most)
}

/// The phrases in sight whose beginning is nearest to what was typed, within the steps that a typing of its length may be off.
pub(super) fn near(snapshot: &Snapshot, sight: &Sight, typed: &[String], most: usize) -> Result<Vec<Phrase>> {
    let typed = typed.join(" ");
    for distance in 1..=vocabulary::steps(&typed).min(STEPS) {
        let near = prefix_within(&typed, distance);
        let mut beginnings = BTreeSet::new();
        for segment in &snapshot.segments {
            beginnings.append(&mut near.beginnings(segment.shelf.phrases.terms())?);
        }
        let found = frequent(snapshot, sight, &beginnings, most)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// How often each phrase of a segment stands there, up to what a byte tells: so most of those that begin alike need not be looked at.
pub(super) struct Frequencies(Vec<u8>);

/// Phrases that are sooner looked at one by one.
const FEW: u64 = 2_048;

impl Frequencies {
    pub fn of(phrases: &TermDictionary) -> Result<Frequencies> {
        let mut frequencies = Vec::with_capacity(phrases.num_terms());
        let mut all = phrases.stream()?;
        while all.advance() {
            frequencies.push(u8::try_from(all.value().doc_freq).unwrap_or(u8::MAX));
        }
        Ok(Frequencies(frequencies))
    }
}

/// The most frequent phrases found so far; equals in the order of their terms.
struct Leaders<'a> {
    snapshot: &'a Snapshot,
    sight: &'a Sight,
    most: usize,
    leaders: Vec<(u64, Vec<u8>)>,
}

impl Leaders<'_> {
    /// How frequent a phrase must be to be one of them.
    fn least(&self) -> u64 {
        self.leaders.get(self.most.saturating_sub(1)).map_or(FREQUENT, |last| last.0)
    }

    /// Takes a phrase in, if it is frequent in sight, by where it stands in each segment.
    fn consider(&mut self, term: &[u8], infos: &[(usize, TermInfo)]) -> Result<()> {
        // Those in sight are at most so many: nobody need look at what is rare.
        let at_most: u64 = infos.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
        let least = self.least();
        if at_most < least || self.leaders.iter().any(|(_, known)| known == term) {
            return Ok(());
        }
        let mut frequency = 0;
        for (at, info) in infos {
            let segment = &self.snapshot.segments[*at];
            frequency += frequency_in_sight(self.sight, segment, &segment.shelf.phrases, info)?;
        }
        if frequency >= least {
            let at = self.leaders.partition_point(|known| (Reverse(known.0), &known.1[..]) < (Reverse(frequency), term));
            self.leaders.insert(at, (frequency, term.to_vec()));
            self.leaders.truncate(self.most);
        }
        Ok(())
    }
}

/// Of the phrases that begin in one of these ways, those that are frequent in sight.
fn frequent(snapshot: &Snapshot, sight: &Sight, beginnings: &BTreeSet<Vec<u8>>, most: usize) -> Result<Vec<Phrase>> {
    let mut leaders = Leaders { snapshot, sight, most, leaders: Vec::new() };
    let mut ranges: Vec<(usize, Range<u64>)> = Vec::new();
    for (at, segment) in snapshot.segments.iter().enumerate() {
        for beginning in beginnings {
            ranges.push((at, range(segment.shelf.phrases.terms(), beginning)?));
        }
    }
    let is_many = ranges.iter().map(|(_, range)| range.end - range.start).sum::<u64>() > FEW;
    if !(is_many && lead(snapshot, &ranges, &mut leaders)?) {
        for beginning in beginnings {
            consider_all(snapshot, beginning, &mut leaders)?;
        }
    }
    let phrase = |(frequency, term): (u64, Vec<u8>)| {
        let (folded, slot) = vocabulary::split(&term)?;
        Some(Phrase { slot, folded: folded.to_owned(), frequency })
    };
    Ok(leaders.leaders.into_iter().filter_map(phrase).collect())
}

/// The end of a beginning's terms: no word has this byte, as UTF-8 has no use for it.
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
fn lead(snapshot: &Snapshot, ranges: &[(usize, Range<u64>)], leaders: &mut Leaders) -> Result<bool> {
    let mut phrases: Vec<(u8, usize, u64)> = Vec::new();
    for (at, range) in ranges {
        let frequencies = &snapshot.segments[*at].shelf.phrase_frequencies.0[range.start as usize..range.end as usize];
        // What stands once in every segment is not led to: too many do.
        let several = frequencies.iter().zip(range.start..).filter(|(frequency, _)| **frequency > 1);
        phrases.extend(several.map(|(&frequency, phrase)| (frequency, *at, phrase)));
    }
    phrases.sort_unstable_by_key(|(frequency, ..)| Reverse(*frequency));
    // What is still to come stands in each segment at most as often as the most frequent there, and as the last that came.
    let mut peaks = vec![0; snapshot.segments.len()];
    ranges.iter().filter(|(_, range)| !range.is_empty()).for_each(|(at, _)| peaks[*at] = 1);
    for (frequency, at, _) in &phrases {
        peaks[*at] = peaks[*at].max(u64::from(*frequency));
    }
    let at_most = |frequency: u64| peaks.iter().map(|peak| frequency.min(*peak)).sum::<u64>();
    let mut term = Vec::new();
    for (frequency, at, phrase) in phrases {
        if frequency < u8::MAX && at_most(u64::from(frequency)) < leaders.least() {
            return Ok(true);
        }
        if snapshot.segments[at].shelf.phrases.terms().ord_to_term(phrase, &mut term)? {
            let mut infos = Vec::new();
            for (at, segment) in snapshot.segments.iter().enumerate() {
                infos.extend(segment.shelf.phrases.terms().get(&term)?.map(|info| (at, info)));
            }
            leaders.consider(&term, &infos)?;
        }
    }
    Ok(at_most(1) < leaders.least())
}

/// Considers every phrase that begins so, in the order of the terms.
fn consider_all(snapshot: &Snapshot, beginning: &[u8], leaders: &mut Leaders) -> Result<()> {
    let beyond = beyond(beginning);
    let streams =
        snapshot.segments.iter().map(|segment| Ok(segment.shelf.phrases.terms().range().ge(beginning).lt(&beyond).into_stream()?));
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
        leaders.consider(&term, &infos)?;
    }
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
    let spelled = told.filter_map(|(part, language)| Some((part[find(&Folded::of(&part), &phrase.folded)?].to_owned(), language)));
    Ok(spelled.into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(language: &str, title: &str, body: &str) -> Vec<String> {
        let mut phrases = Phrases::default();
        phrases.add(Slot::of(language), &Folded::of(title), &Folded::default(), &Folded::of(body));
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
