//! Counting the values of hits.
//!
//! A facet ignores the filter on itself: a hit that fails only the theme filter is counted among the themes, and nowhere else.

use tantivy::DocId;

use crate::contract::{Dimension, FacetValue, Facets};
use crate::index::{SegmentColumns, ValueDictionary, ValueSpace};
use crate::matching::FilterMisses;

/// Counts by the ordinal of a value.
pub struct FacetCounts {
    counts: Vec<u32>,
}

impl FacetCounts {
    pub fn new(values: &ValueDictionary) -> FacetCounts {
        FacetCounts { counts: vec![0; values.len()] }
    }

    #[inline]
    pub fn add(&mut self, columns: &SegmentColumns, doc: DocId, failed: FilterMisses, values: &ValueDictionary) {
        if failed.nothing() {
            for &ordinal in columns.values(doc) {
                self.counts[ordinal as usize] += 1;
            }
        } else if !failed.is_elsewhere && failed.dimensions.is_power_of_two() {
            for &ordinal in columns.values(doc) {
                if let ValueSpace::Dimension(dimension) = values.space(ordinal)
                    && dimension.bit() == failed.dimensions
                {
                    self.counts[ordinal as usize] += 1;
                }
            }
        }
    }

    /// The counted values, at most so many of each dimension; of trees ten times as many, as a branch without its twigs tells little.
    pub fn facets(&self, values: &ValueDictionary, most: usize) -> Facets {
        let mut found: [Vec<(u32, u32)>; Dimension::ALL.len()] = Default::default();
        for (ordinal, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            if let ValueSpace::Dimension(dimension) = values.space(ordinal as u32) {
                found[dimension as usize].push((ordinal as u32, count));
            }
        }
        let mut of = |dimension: Dimension| {
            let most = if dimension.is_tree() { most.saturating_mul(10) } else { most };
            told(std::mem::take(&mut found[dimension as usize]), values, most)
        };
        let [kinds, themes, goals, countries, cities, programmes, languages, years] = Dimension::ALL.map(&mut of);
        Facets { kinds, themes, goals, countries, cities, programmes, languages, years }
    }
}

fn told(mut found: Vec<(u32, u32)>, values: &ValueDictionary, most: usize) -> Vec<FacetValue> {
    let order = |a: &(u32, u32), b: &(u32, u32)| b.1.cmp(&a.1).then_with(|| values.value(a.0).cmp(values.value(b.0)));
    if most == 0 {
        return Vec::new();
    }
    if found.len() > most {
        found.select_nth_unstable_by(most - 1, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    found.into_iter().map(|(ordinal, count)| FacetValue { value: values.value(ordinal).to_string(), count: u64::from(count) }).collect()
}
