//! What a query asks for beyond its words: phrases that must be there, and what must not.
//!
//! A phrase is met where its words follow one another in one language's text, or in the names, each in any inflection.
//! What is excluded is excluded in every language.

use crate::search::analysis::{Slot, stem};
use crate::search::contract::Result;
use crate::search::index::{BitSet, Docs, Searcher, Segment, ValueSpace, each_phrase_match};
use crate::search::query::ParsedQuery;

/// Sets of documents by segment.
pub struct Constraints {
    required: Vec<Vec<BitSet>>,
    excluded: Vec<Vec<BitSet>>,
}

impl Constraints {
    pub fn new(query: &ParsedQuery, searcher: &Searcher) -> Result<Constraints> {
        let docs_with =
            |words: &Vec<String>| searcher.segments.iter().map(|segment| docs_with_phrase(segment, words)).collect::<Result<Vec<BitSet>>>();
        let required = query.phrases.iter().map(docs_with).collect::<Result<_>>()?;
        let mut excluded = query.excluded.iter().map(docs_with).collect::<Result<Vec<_>>>()?;
        for part in query.fields.iter().filter(|part| part.is_excluded) {
            let ordinal = |value: &String| searcher.values.ordinal(ValueSpace::Dimension(part.dimension), value);
            let ordinals: Vec<u32> = part.values.iter().filter_map(ordinal).collect();
            excluded.push(searcher.segments.iter().map(|segment| segment.columns.docs_with(&ordinals)).collect());
        }
        Ok(Constraints { required, excluded })
    }

    /// Leaves of a segment's documents those that have what must be there and nothing that must not.
    pub fn narrow(&self, segment: &Segment, docs: &mut Docs) {
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
