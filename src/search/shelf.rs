//! The columns of one segment, in memory: who may see a document, what it is filtered by, how long its texts are.
//!
//! A segment never changes, only documents in it die; so its shelf is built once and kept as long as the segment lives.
//! About a hundred bytes a document, and one for each of its phrases.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::termdict::TermDictionary;
use tantivy::{DocId, InvertedIndexReader, SegmentReader};
use uuid::Uuid;

use super::doc::Point;
use super::docs::Set;
use super::error::Result;
use super::fields::{self, Dimension, Fields};
use super::languages::Slot;
use super::recency::recency;
use super::values::{Space, Values};

/// One document in so many is many: its number takes as much room as so many bits.
const MANY: usize = 32;

/// What one segment holds beside its terms.
pub(super) struct Shelf {
    pub ids: Vec<Uuid>,
    pub audiences: Vec<u32>,
    pub dates: Vec<i64>,
    /// What the dates count in a score.
    pub recencies: Vec<f32>,
    /// Empty when no document of the segment has a place.
    pub points: Vec<Option<Point>>,
    starts: Vec<u32>,
    values: Vec<u32>,
    /// The documents of each value and audience that occurs: its number, and where in `holders` they begin.
    holder_starts: Vec<(u32, u32)>,
    holders: Vec<DocId>,
    /// The same of values that many have, which takes less room and less time.
    held_by_many: HashMap<u32, Set>,
    slots: Vec<Option<ShelfSlot>>,
    pub beginnings: Arc<InvertedIndexReader>,
    pub beginning_lengths: FieldNormReader,
    pub vocabulary: Arc<InvertedIndexReader>,
    pub phrases: Arc<InvertedIndexReader>,
    pub phrase_frequencies: Frequencies,
    pub named: Arc<InvertedIndexReader>,
    /// The audiences that occur.
    pub occurring: Vec<u32>,
    /// Of all documents, dead ones included.
    pub lengths: Lengths,
}

/// One slot's terms and lengths, where the segment has texts for it.
pub(super) struct ShelfSlot {
    pub terms: Arc<InvertedIndexReader>,
    pub norms: FieldNormReader,
}

/// How many documents of an audience have words in a slot, and how many words.
#[derive(Clone, Default)]
pub(super) struct Lengths(pub BTreeMap<(u32, Slot), Length>);

#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub docs: u64,
    pub words: u64,
}

impl Shelf {
    pub fn load(reader: &SegmentReader, fields: &Fields, values: &mut Values) -> Result<Shelf> {
        let count = reader.max_doc() as usize;
        let columns = reader.fast_fields();
        let (high, low) = (columns.u64(fields::ID_HIGH)?, columns.u64(fields::ID_LOW)?);
        let (latitude, longitude) = (columns.f64(fields::LATITUDE)?, columns.f64(fields::LONGITUDE)?);
        let date = columns.i64(fields::DATE)?;
        let docs = 0..reader.max_doc();
        let points: Vec<Option<Point>> =
            docs.clone().map(|doc| Some(Point { latitude: latitude.first(doc)?, longitude: longitude.first(doc)? })).collect();
        let dates: Vec<i64> = docs.clone().map(|doc| date.first(doc).unwrap_or_default()).collect();
        let audience = Numbered::load(columns.str(fields::AUDIENCE)?, Space::Audience, values)?;
        let phrases = reader.inverted_index(fields.phrases)?;
        let mut shelf = Shelf {
            ids: docs
                .clone()
                .map(|doc| Uuid::from_u64_pair(high.first(doc).unwrap_or_default(), low.first(doc).unwrap_or_default()))
                .collect(),
            audiences: docs.clone().map(|doc| audience.of(doc).next().unwrap_or(u32::MAX)).collect(),
            recencies: dates.iter().map(|date| recency(*date)).collect(),
            dates,
            points: if points.iter().all(Option::is_none) { Vec::new() } else { points },
            starts: Vec::with_capacity(count + 1),
            values: Vec::new(),
            holder_starts: Vec::new(),
            holders: Vec::new(),
            held_by_many: HashMap::new(),
            slots: Vec::new(),
            beginnings: reader.inverted_index(fields.beginnings)?,
            beginning_lengths: reader.get_fieldnorms_reader(fields.beginnings)?,
            vocabulary: reader.inverted_index(fields.vocabulary)?,
            phrase_frequencies: Frequencies::of(phrases.terms())?,
            phrases,
            named: reader.inverted_index(fields.named)?,
            occurring: Vec::new(),
            lengths: Lengths::default(),
        };
        let columns: Vec<Numbered> = Dimension::ALL
            .iter()
            .map(|&dimension| Numbered::load(columns.str(dimension.column())?, Space::Dimension(dimension), values))
            .collect::<Result<_>>()?;
        for doc in docs.clone() {
            shelf.starts.push(shelf.values.len() as u32);
            for column in &columns {
                shelf.values.extend(column.of(doc));
            }
        }
        shelf.starts.push(shelf.values.len() as u32);
        // By the documents, so that one without an audience is for nobody but those who see all.
        shelf.occurring = shelf.audiences.iter().copied().collect::<BTreeSet<u32>>().into_iter().collect();
        shelf.turn_values();
        for slot in Slot::all() {
            shelf.slots.push(load_slot(reader, fields, slot)?);
        }
        let mut lengths = Lengths::default();
        for doc in docs {
            shelf.each_length(doc, |key, words| lengths.0.entry(key).or_default().add(words));
        }
        shelf.lengths = lengths;
        Ok(shelf)
    }

    pub fn slot(&self, slot: Slot) -> Option<&ShelfSlot> {
        self.slots[slot.index()].as_ref()
    }

    /// The numbers of all values of a document; the first is its kind.
    #[inline]
    pub fn values(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.values[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }

    /// The documents that have any of these values or are for any of these audiences.
    pub fn holding(&self, numbers: &[u32]) -> Set {
        let mut set = Set::none(self.ids.len());
        for number in numbers {
            if let Some(many) = self.held_by_many.get(number) {
                set.unite(many);
            } else if let Ok(at) = self.holder_starts.binary_search_by_key(number, |&(number, _)| number) {
                let end = self.holder_starts.get(at + 1).map_or(self.holders.len(), |&(_, start)| start as usize);
                self.holders[self.holder_starts[at].1 as usize..end].iter().for_each(|&doc| set.insert(doc));
            }
        }
        set
    }

    /// Lists by value and audience what is listed by document.
    fn turn_values(&mut self) {
        let mut pairs: Vec<(u32, DocId)> = Vec::with_capacity(self.values.len() + self.audiences.len());
        for doc in 0..self.ids.len() as DocId {
            pairs.extend(self.values(doc).iter().chain([&self.audiences[doc as usize]]).map(|&number| (number, doc)));
        }
        pairs.sort_unstable();
        for holders in pairs.chunk_by(|(number, _), (next, _)| number == next) {
            let (number, docs) = (holders[0].0, holders.iter().map(|(_, doc)| *doc));
            if holders.len() > self.ids.len() / MANY {
                let mut set = Set::none(self.ids.len());
                docs.for_each(|doc| set.insert(doc));
                self.held_by_many.insert(number, set);
            } else {
                self.holder_starts.push((number, self.holders.len() as u32));
                self.holders.extend(docs);
            }
        }
    }

    pub fn point(&self, doc: DocId) -> Option<Point> {
        self.points.get(doc as usize).copied().flatten()
    }

    fn each_length(&self, doc: DocId, mut tell: impl FnMut((u32, Slot), u64)) {
        for (index, slot) in self.slots.iter().enumerate() {
            if let Some(slot) = slot {
                let words = slot.norms.fieldnorm(doc);
                if words > 0 {
                    tell((self.audiences[doc as usize], Slot(index as u8)), u64::from(words));
                }
            }
        }
    }

    /// The lengths of the living: all, less the given dead.
    pub fn living_lengths(&self, dead: &[DocId]) -> Lengths {
        let mut lengths = self.lengths.clone();
        for &doc in dead {
            self.each_length(doc, |key, words| {
                if let Some(length) = lengths.0.get_mut(&key) {
                    length.docs -= 1;
                    length.words -= words;
                }
            });
        }
        lengths
    }
}

/// How often each phrase of a segment stands there, by its number, up to what a byte tells: so most of those that begin alike need not be looked at.
pub(super) struct Frequencies(pub Vec<u8>);

impl Frequencies {
    fn of(phrases: &TermDictionary) -> Result<Frequencies> {
        let mut frequencies = Vec::with_capacity(phrases.num_terms());
        let mut all = phrases.stream()?;
        while all.advance() {
            frequencies.push(u8::try_from(all.value().doc_freq).unwrap_or(u8::MAX));
        }
        Ok(Frequencies(frequencies))
    }
}

impl Lengths {
    /// The lengths of one audience.
    pub fn of(&self, audience: u32) -> impl Iterator<Item = (Slot, Length)> + '_ {
        self.0.range((audience, Slot::FIRST)..=(audience, Slot::LAST)).map(|(&(_, slot), &length)| (slot, length))
    }
}

impl Length {
    pub fn add(&mut self, words: u64) {
        self.docs += 1;
        self.words += words;
    }

    pub fn add_all(&mut self, other: Length) {
        self.docs += other.docs;
        self.words += other.words;
    }
}

fn load_slot(reader: &SegmentReader, fields: &Fields, slot: Slot) -> Result<Option<ShelfSlot>> {
    let terms = reader.inverted_index(fields.slot(slot))?;
    if terms.terms().num_terms() == 0 {
        return Ok(None);
    }
    Ok(Some(ShelfSlot { terms, norms: reader.get_fieldnorms_reader(fields.slot(slot))? }))
}

/// A column of words with the numbers of its words.
struct Numbered {
    column: Option<StrColumn>,
    numbers: Vec<u32>,
}

impl Numbered {
    fn load(column: Option<StrColumn>, space: Space, values: &mut Values) -> Result<Numbered> {
        let mut numbers = Vec::new();
        if let Some(column) = &column {
            let mut words = column.dictionary().stream()?;
            while words.advance() {
                numbers.push(values.intern(space, &String::from_utf8_lossy(words.key())));
            }
        }
        Ok(Numbered { column, numbers })
    }

    fn of(&self, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        self.column.iter().flat_map(move |column| column.ords().values_for_doc(doc)).map(|ordinal| self.numbers[ordinal as usize])
    }
}
