//! What a query asks for beyond its words: phrases that must be there, and what must not.
//!
//! A phrase is met where its words follow one another in one language's text, or in the names, each in any inflection.
//! What is excluded is excluded in every language.
//!
//! Of a query that is not taken strictly (see [`Reading`](crate::Reading)) these weigh: each phrase and each field that is met counts [`MET`] more,
//! [`MOST_MET`] at the most, and each thing that was not wanted and is there halves the score.

use tantivy::DocId;

use crate::analysis::{Slot, stem};
use crate::contract::Result;
use crate::index::{BitSet, Docs, Searcher, Segment, ValueSpace, each_phrase_match};
use crate::query::ParsedQuery;

/// What a phrase or a field that need not be met counts where it is, and what all of them count together.
const MET: f32 = 0.1;
const MOST_MET: f32 = 0.3;
/// What is left of a score where something stands that was not wanted.
const UNWANTED: f32 = 0.5;

/// Sets of documents by segment.
pub struct Constraints {
    is_strict: bool,
    required: Vec<Vec<BitSet>>,
    excluded: Vec<Vec<BitSet>>,
}

impl Constraints {
    pub fn new(query: &ParsedQuery, searcher: &Searcher) -> Result<Constraints> {
        let docs_with =
            |words: &Vec<String>| searcher.segments.iter().map(|segment| docs_with_phrase(segment, words)).collect::<Result<Vec<BitSet>>>();
        let mut required = query.phrases.iter().map(docs_with).collect::<Result<Vec<_>>>()?;
        let mut excluded = query.excluded.iter().map(docs_with).collect::<Result<Vec<_>>>()?;
        let is_strict = query.is_strict();
        // Fields of a query that is taken strictly are part of its filter.
        for part in query.fields.iter().filter(|part| part.is_excluded || !is_strict) {
            let ordinal = |value: &String| searcher.values.ordinal(ValueSpace::Dimension(part.dimension), value);
            let ordinals: Vec<u32> = part.values.iter().filter_map(ordinal).collect();
            let sets = searcher.segments.iter().map(|segment| segment.columns.docs_with(&ordinals)).collect();
            if part.is_excluded { excluded.push(sets) } else { required.push(sets) }
        }
        Ok(Constraints { is_strict, required, excluded })
    }

    /// What a document's score is multiplied by, for what it has of that.
    #[inline]
    pub fn weight(&self, ordinal: usize, doc: DocId) -> f32 {
        if self.is_strict {
            return 1.0;
        }
        let holds = |sets: &&Vec<BitSet>| sets[ordinal].contains(doc);
        let met = MET * self.required.iter().filter(holds).count() as f32;
        (1.0 + met.min(MOST_MET)) * UNWANTED.powi(self.excluded.iter().filter(holds).count() as i32)
    }

    /// Leaves of a segment's documents those that have what must be there and nothing that must not.
    pub fn narrow(&self, segment: &Segment, docs: &mut Docs) {
        if !self.is_strict {
            return;
        }
        self.required.iter().for_each(|sets| docs.intersect(&sets[segment.ordinal]));
        for excluded in &self.excluded {
            docs.narrow(segment.max_doc() as usize, |docs| docs.subtract(&excluded[segment.ordinal]));
        }
    }
}

/// The documents of a segment in which folded words follow one another.
fn docs_with_phrase(segment: &Segment, words: &[String]) -> Result<BitSet> {
    let mut set = BitSet::none(segment.max_doc() as usize);
    for slot in Slot::searched() {
        if let Some(columns) = segment.columns.slot(slot) {
            let terms: Vec<String> = words.iter().map(|word| stem(slot, word)).collect();
            each_phrase_match(columns, &terms, |doc, _| set.insert(doc))?;
        }
    }
    Ok(set)
}
