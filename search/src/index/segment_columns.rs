//! The columns of one segment, in memory: who may see a document, what it is filtered by, how long its texts are.
//!
//! A segment never changes, only documents in it die; so its columns are built once and kept as long as the segment lives.
//! About a hundred bytes a document, and, once somebody completes words or [`Searcher::warm`](super::Searcher::warm) has run, one for each of its phrases; of up to 4,096
//! documents their names and titles.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use quick_cache::sync::Cache;
use tantivy::columnar::StrColumn;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::termdict::TermDictionary;
use tantivy::{DocId, InvertedIndexReader, SegmentReader};
use uuid::Uuid;

use super::bit_set::BitSet;
use super::field_stats::AudienceStats;
use super::recency::recency;
use super::schema;
use super::schema::Fields;
use super::value_dictionary::{ValueDictionary, ValueSpace};
use crate::analysis::Slot;
use crate::contract::{Dimension, Point, Result};

/// One document in so many is many: its number takes as much room as so many bits.
const MANY: usize = 32;

/// Documents of a segment whose names and titles are kept.
const NAMED: usize = 4_096;

/// A name, or a title.
pub struct NameOrTitle {
    pub text: String,
    /// Of a title; a name has none.
    pub language: Option<String>,
    /// Its words, folded.
    pub words: Vec<String>,
}

/// What one segment holds beside its terms.
pub struct SegmentColumns {
    pub ids: Vec<Uuid>,
    pub audiences: Vec<u32>,
    pub dates: Vec<i64>,
    /// What the dates count in a score.
    pub recencies: Vec<f32>,
    /// What the kinds count in a score.
    pub weights: Vec<f32>,
    /// Empty when no document of the segment has a place.
    pub points: Vec<Option<Point>>,
    starts: Vec<u32>,
    values: Vec<u32>,
    /// The documents of each value and audience that occurs: its number, and where in `postings` they begin.
    posting_starts: Vec<(u32, u32)>,
    postings: Vec<DocId>,
    /// The same of values that many have, which takes less room and less time.
    bitmaps: HashMap<u32, BitSet>,
    slots: Vec<Option<SlotColumns>>,
    pub edge_ngrams: Arc<InvertedIndexReader>,
    pub edge_ngram_lengths: FieldNormReader,
    pub vocabulary: Arc<InvertedIndexReader>,
    pub phrases: Arc<InvertedIndexReader>,
    phrase_frequencies: OnceLock<PhraseFrequencies>,
    /// Held by who counts them, so that they are counted once.
    counting: Mutex<()>,
    pub filter_names: Arc<InvertedIndexReader>,
    pub own_names: Arc<InvertedIndexReader>,
    /// Those that were read of late: what people type begins alike, and the documents themselves lie packed with all their texts.
    pub names_and_titles: Cache<DocId, Arc<[NameOrTitle]>>,
    /// The audiences that occur.
    pub audiences_present: Vec<u32>,
    /// Of all documents, dead ones included.
    pub stats: AudienceStats,
}

/// One slot's terms and lengths, where the segment has texts for it.
pub struct SlotColumns {
    pub terms: Arc<InvertedIndexReader>,
    pub norms: FieldNormReader,
}

impl SegmentColumns {
    pub fn load(reader: &SegmentReader, fields: &Fields, values: &mut ValueDictionary) -> Result<SegmentColumns> {
        let count = reader.max_doc() as usize;
        let fast = reader.fast_fields();
        let (high, low) = (fast.u64(schema::ID_HIGH)?, fast.u64(schema::ID_LOW)?);
        let (latitude, longitude) = (fast.f64(schema::LATITUDE)?, fast.f64(schema::LONGITUDE)?);
        let (date, weight) = (fast.i64(schema::DATE)?, fast.f64(schema::WEIGHT)?);
        let docs = 0..reader.max_doc();
        let points: Vec<Option<Point>> =
            docs.clone().map(|doc| Some(Point { latitude: latitude.first(doc)?, longitude: longitude.first(doc)? })).collect();
        let dates: Vec<i64> = docs.clone().map(|doc| date.first(doc).unwrap_or_default()).collect();
        let audience = OrdinalColumn::load(fast.str(schema::AUDIENCE)?, ValueSpace::Audience, values)?;
        let phrases = reader.inverted_index(fields.phrases)?;
        let mut columns = SegmentColumns {
            ids: docs
                .clone()
                .map(|doc| Uuid::from_u64_pair(high.first(doc).unwrap_or_default(), low.first(doc).unwrap_or_default()))
                .collect(),
            audiences: docs.clone().map(|doc| audience.of(doc).next().unwrap_or(u32::MAX)).collect(),
            recencies: dates.iter().map(|date| recency(*date)).collect(),
            dates,
            weights: docs.clone().map(|doc| weight.first(doc).unwrap_or(1.0) as f32).collect(),
            points: if points.iter().all(Option::is_none) { Vec::new() } else { points },
            starts: Vec::with_capacity(count + 1),
            values: Vec::new(),
            posting_starts: Vec::new(),
            postings: Vec::new(),
            bitmaps: HashMap::new(),
            slots: Vec::new(),
            edge_ngrams: reader.inverted_index(fields.edge_ngrams)?,
            edge_ngram_lengths: reader.get_fieldnorms_reader(fields.edge_ngrams)?,
            vocabulary: reader.inverted_index(fields.vocabulary)?,
            phrase_frequencies: OnceLock::new(),
            counting: Mutex::default(),
            phrases,
            filter_names: reader.inverted_index(fields.filter_names)?,
            own_names: reader.inverted_index(fields.own_names)?,
            names_and_titles: Cache::new(NAMED),
            audiences_present: Vec::new(),
            stats: AudienceStats::default(),
        };
        let dimensions: Vec<OrdinalColumn> = Dimension::ALL
            .iter()
            .map(|&dimension| OrdinalColumn::load(fast.str(dimension.column())?, ValueSpace::Dimension(dimension), values))
            .collect::<Result<_>>()?;
        for doc in docs.clone() {
            columns.starts.push(columns.values.len() as u32);
            for column in &dimensions {
                columns.values.extend(column.of(doc));
            }
        }
        columns.starts.push(columns.values.len() as u32);
        // By the documents, so that one without an audience is for nobody but those who see all.
        columns.audiences_present = columns.audiences.iter().copied().collect::<BTreeSet<u32>>().into_iter().collect();
        columns.invert_values();
        for slot in Slot::all() {
            columns.slots.push(load_slot(reader, fields, slot)?);
        }
        let mut stats = AudienceStats::default();
        for doc in docs {
            columns.each_stat(doc, |key, words| stats.0.entry(key).or_default().add(words));
        }
        columns.stats = stats;
        Ok(columns)
    }

    /// How often its phrases stand in it. A large segment has millions and only completions ask, so they are counted when somebody does, or beforehand
    /// by [`Searcher::warm`](super::Searcher::warm): what was written need not wait for them.
    pub fn phrase_frequencies(&self) -> Result<&PhraseFrequencies> {
        if let Some(counted) = self.phrase_frequencies.get() {
            return Ok(counted);
        }
        let _counting = self.counting.lock();
        if let Some(counted) = self.phrase_frequencies.get() {
            return Ok(counted);
        }
        let counted = PhraseFrequencies::of(self.phrases.terms())?;
        Ok(self.phrase_frequencies.get_or_init(|| counted))
    }

    /// Whether they are counted.
    pub fn has_phrase_frequencies(&self) -> bool {
        self.phrase_frequencies.get().is_some()
    }

    pub fn slot(&self, slot: Slot) -> Option<&SlotColumns> {
        self.slots[slot.index()].as_ref()
    }

    /// The numbers of all values of a document; the first is its kind.
    #[inline]
    pub fn values(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.values[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }

    /// The documents that have any of these values or are for any of these audiences.
    pub fn docs_with(&self, ordinals: &[u32]) -> BitSet {
        let mut set = BitSet::none(self.ids.len());
        for ordinal in ordinals {
            if let Some(bitmap) = self.bitmaps.get(ordinal) {
                set.unite(bitmap);
            } else if let Ok(at) = self.posting_starts.binary_search_by_key(ordinal, |&(ordinal, _)| ordinal) {
                let end = self.posting_starts.get(at + 1).map_or(self.postings.len(), |&(_, start)| start as usize);
                self.postings[self.posting_starts[at].1 as usize..end].iter().for_each(|&doc| set.insert(doc));
            }
        }
        set
    }

    /// Lists by value and audience what is listed by document.
    fn invert_values(&mut self) {
        let mut pairs: Vec<(u32, DocId)> = Vec::with_capacity(self.values.len() + self.audiences.len());
        for doc in 0..self.ids.len() as DocId {
            pairs.extend(self.values(doc).iter().chain([&self.audiences[doc as usize]]).map(|&ordinal| (ordinal, doc)));
        }
        pairs.sort_unstable();
        for postings in pairs.chunk_by(|(ordinal, _), (next, _)| ordinal == next) {
            let (ordinal, docs) = (postings[0].0, postings.iter().map(|(_, doc)| *doc));
            if postings.len() > self.ids.len() / MANY {
                let mut set = BitSet::none(self.ids.len());
                docs.for_each(|doc| set.insert(doc));
                self.bitmaps.insert(ordinal, set);
            } else {
                self.posting_starts.push((ordinal, self.postings.len() as u32));
                self.postings.extend(docs);
            }
        }
    }

    pub fn point(&self, doc: DocId) -> Option<Point> {
        self.points.get(doc as usize).copied().flatten()
    }

    fn each_stat(&self, doc: DocId, mut tell: impl FnMut((u32, Slot), u64)) {
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
    pub fn living_stats(&self, dead: &[DocId]) -> AudienceStats {
        let mut stats = self.stats.clone();
        for &doc in dead {
            self.each_stat(doc, |key, words| {
                if let Some(length) = stats.0.get_mut(&key) {
                    length.docs -= 1;
                    length.words -= words;
                }
            });
        }
        stats
    }
}

/// How often each phrase of a segment stands there, by its number, up to what a byte tells: so most of those that begin alike need not be looked at.
pub struct PhraseFrequencies(pub Vec<u8>);

impl PhraseFrequencies {
    fn of(phrases: &TermDictionary) -> Result<PhraseFrequencies> {
        let mut frequencies = Vec::with_capacity(phrases.num_terms());
        let mut all = phrases.stream()?;
        while all.advance() {
            frequencies.push(u8::try_from(all.value().doc_freq).unwrap_or(u8::MAX));
        }
        Ok(PhraseFrequencies(frequencies))
    }
}

fn load_slot(reader: &SegmentReader, fields: &Fields, slot: Slot) -> Result<Option<SlotColumns>> {
    let terms = reader.inverted_index(fields.slot(slot))?;
    if terms.terms().num_terms() == 0 {
        return Ok(None);
    }
    Ok(Some(SlotColumns { terms, norms: reader.get_fieldnorms_reader(fields.slot(slot))? }))
}

/// A column of words with the numbers of its words.
struct OrdinalColumn {
    column: Option<StrColumn>,
    ordinals: Vec<u32>,
}

impl OrdinalColumn {
    fn load(column: Option<StrColumn>, space: ValueSpace, values: &mut ValueDictionary) -> Result<OrdinalColumn> {
        let mut ordinals = Vec::new();
        if let Some(column) = &column {
            let mut words = column.dictionary().stream()?;
            while words.advance() {
                ordinals.push(values.intern(space, &String::from_utf8_lossy(words.key())));
            }
        }
        Ok(OrdinalColumn { column, ordinals })
    }

    fn of(&self, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        self.column.iter().flat_map(move |column| column.ords().values_for_doc(doc)).map(|ordinal| self.ordinals[ordinal as usize])
    }
}
