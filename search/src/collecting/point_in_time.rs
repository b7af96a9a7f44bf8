//! What a walk through the pages of a search holds on to, so that its hits stay where they are.
//!
//! A score depends on the document, on the query, and on all other documents: how many there are, how long, how many have each word, and what words are
//! taken for. Writes change the latter, and with them every score a little; a cursor that named a score alone would then repeat hits and skip others. So the
//! cursor of a hit carries what its score was weighed by, and the pages behind it are weighed by the same, on every hub, whatever was written or merged meanwhile.
//! In other orders, too: what words are taken for decides what is a hit at all.
//!
//! Invariant: everything a score depends on beside the document and the query is in here: [`ResolvedPlan::new`] takes it from here and nowhere else.
//! Held by `tests::pages::a_walk_repeats_and_skips_nothing_while_others_write`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::analysis::{Slot, fold_words};
use crate::contract::{Cursor, Order};
use crate::index::{FieldStats, LAYOUT};
use crate::matching::{DocumentFrequencies, ResolvedPlan};
use crate::query::{Expansions, MOST_WORDS, SynonymText, WordExpansion};

/// The longest that is read, in characters.
const LONGEST: usize = 60_000;
/// The most values of one list in it.
const VALUES: usize = 4_096;

/// What a walk is weighed by.
#[derive(Debug, Default, PartialEq)]
pub struct PointInTime {
    /// Of which query.
    query_hash: u64,
    /// Whether nothing met it taken strictly.
    pub is_relaxed: bool,
    stats: Vec<(Slot, FieldStats)>,
    frequencies: DocumentFrequencies,
    expansions: Vec<((usize, Slot), WordExpansion)>,
}

impl PointInTime {
    /// What a query was weighed by.
    pub fn new(
        text: &str,
        is_relaxed: bool,
        stats: &[FieldStats; Slot::COUNT],
        resolved: &ResolvedPlan,
        expansions: &Expansions,
    ) -> PointInTime {
        let stats = Slot::all().map(|slot| (slot, stats[slot.index()])).filter(|(_, length)| length.docs > 0).collect();
        let mut expansions: Vec<((usize, Slot), WordExpansion)> =
            expansions.0.iter().map(|(key, expansion)| (*key, expansion.clone())).collect();
        expansions.sort_by_key(|(key, _)| *key);
        PointInTime { query_hash: query_hash(text), is_relaxed, stats, frequencies: resolved.frequencies(), expansions }
    }

    /// What the walk that a cursor belongs to is weighed by.
    pub fn of_cursor(cursor: &Cursor) -> Option<PointInTime> {
        PointInTime::read(cursor.point_in_time.as_deref()?)
    }

    /// Whether it is of this query.
    pub fn is_of(&self, text: &str) -> bool {
        self.query_hash == query_hash(text)
    }

    pub fn stats(&self) -> [FieldStats; Slot::COUNT] {
        let mut stats = [FieldStats::default(); Slot::COUNT];
        for (slot, length) in &self.stats {
            stats[slot.index()] = *length;
        }
        stats
    }

    pub fn expansions(&self) -> Expansions {
        Expansions(self.expansions.iter().cloned().collect())
    }

    /// In how many documents each term stood.
    pub fn frequencies(&self) -> &DocumentFrequencies {
        &self.frequencies
    }

    pub fn write(&self) -> String {
        let mut out = Encoder(Vec::new());
        out.number(u64::from(LAYOUT));
        out.number(self.query_hash);
        out.number(u64::from(self.is_relaxed));
        out.number(self.stats.len() as u64);
        for (slot, length) in &self.stats {
            out.slot(*slot);
            out.number(length.docs);
            out.number(length.words);
        }
        out.number(self.frequencies.0.len() as u64);
        for (slot, frequencies) in &self.frequencies.0 {
            out.slot(*slot);
            out.number(frequencies.len() as u64);
            frequencies.iter().for_each(|frequency| out.number(*frequency));
        }
        out.number(self.expansions.len() as u64);
        for ((word, slot), expansion) in &self.expansions {
            out.number(*word as u64);
            out.slot(*slot);
            out.number(u64::from(expansion.is_correction));
            out.share(expansion.confidence);
            out.number(expansion.words.len() as u64);
            for (word, share) in &expansion.words {
                out.text(word);
                out.share(*share);
            }
            out.number(expansion.synonyms.len() as u64);
            expansion.synonyms.iter().for_each(|synonym| out.text(&synonym.written));
            out.number(u64::from(expansion.offered.is_some()));
            expansion.offered.iter().for_each(|offered| out.text(offered));
        }
        URL_SAFE_NO_PAD.encode(out.0)
    }

    /// `None` where it is not one that this version wrote.
    pub fn read(text: &str) -> Option<PointInTime> {
        let bytes = URL_SAFE_NO_PAD.decode(Some(text).filter(|text| text.len() <= LONGEST)?).ok()?;
        let mut bytes = Decoder(&bytes);
        if bytes.number()? != u64::from(LAYOUT) {
            return None;
        }
        let (query_hash, is_relaxed) = (bytes.number()?, bytes.number()? > 0);
        let stats = bytes.list(|bytes| Some((bytes.slot()?, FieldStats { docs: bytes.number()?, words: bytes.number()? })))?;
        let frequencies = DocumentFrequencies(bytes.list(|bytes| Some((bytes.slot()?, bytes.list(Decoder::number)?)))?);
        let expansions = bytes.list(|bytes| {
            let key = (usize::try_from(bytes.number()?).ok().filter(|word| *word < MOST_WORDS)?, bytes.slot()?);
            let (is_correction, confidence) = (bytes.number()? > 0, bytes.share()?);
            let words = bytes.list(|bytes| Some((bytes.text()?, bytes.share()?)))?;
            let synonyms =
                bytes.list(|bytes| bytes.text().filter(|text| !fold_words(text).is_empty()).map(|text| SynonymText::of(&text)))?;
            let offered = if bytes.number()? > 0 { Some(bytes.text()?) } else { None };
            Some((key, WordExpansion { words, synonyms, is_correction, confidence, offered }))
        })?;
        bytes.0.is_empty().then_some(PointInTime { query_hash, is_relaxed, stats, frequencies, expansions })
    }
}

impl Cursor {
    /// Reads a cursor that was given for this order; `None` if it was not.
    pub fn parse(text: &str, order: &Order) -> Option<Cursor> {
        let cursor = Cursor::read(text, order)?;
        let is_sound = cursor.point_in_time.is_none() || PointInTime::of_cursor(&cursor).is_some();
        is_sound.then_some(cursor)
    }
}

/// Tells queries apart (FNV-1a).
fn query_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

struct Encoder(Vec<u8>);

impl Encoder {
    /// Seven bits a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn slot(&mut self, slot: Slot) {
        self.0.push(slot.0);
    }

    /// Shares are hundredths.
    fn share(&mut self, share: f32) {
        self.0.push((share * 100.0).round() as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

struct Decoder<'a>(&'a [u8]);

impl Decoder<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        // The tenth byte has the last bit.
        match self.byte()? {
            last @ 0..=1 => Some(number | u64::from(last) << 63),
            _ => None,
        }
    }

    fn slot(&mut self) -> Option<Slot> {
        self.byte().map(Slot).filter(|slot| slot.index() < Slot::COUNT)
    }

    fn share(&mut self) -> Option<f32> {
        Some(f32::from(self.byte()?) / 100.0)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok().filter(|count| *count <= VALUES)?;
        (0..count).map(|_| one(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(numbers in prop::collection::vec(any::<u64>(), 0..9), words in prop::collection::vec(("[a-zé]{0,9}", 0..=100u8), 0..5), slot in 0..Slot::COUNT as u8) {
            let slot = Slot(slot);
            let words = words.into_iter().map(|(word, share)| (word, f32::from(share) / 100.0)).collect();
            let expansion = WordExpansion { words, synonyms: vec![SynonymText::of("Public transport")], is_correction: true, confidence: 0.8, offered: Some("later".to_owned()) };
            let stats = vec![(slot, FieldStats { docs: 7, words: u64::MAX })];
            let point_in_time = PointInTime { query_hash: query_hash("é"), is_relaxed: true, stats, frequencies: DocumentFrequencies(vec![(slot, numbers)]), expansions: vec![((3, slot), expansion)] };
            prop_assert_eq!(PointInTime::read(&point_in_time.write()), Some(point_in_time));
        }

        #[test]
        fn any_text_is_refused_or_reads_back(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let text = URL_SAFE_NO_PAD.encode([&[LAYOUT as u8][..], &bytes].concat());
            if let Some(point_in_time) = PointInTime::read(&text) {
                prop_assert_eq!(PointInTime::read(&point_in_time.write()), Some(point_in_time));
            }
        }
    }
}
