//! Some of a segment's documents, as bits: the form in which rights, filters and phrases meet.
//!
//! Each of these is laid over the others sixty-four documents at a time, before anything is scored; so a document is looked at once however
//! much is asked of it. (A circle is asked of what was scored, and so is a filter whose facets are counted: see `facets`.)

use tantivy::DocId;

/// A set of a segment's documents.
#[derive(Clone)]
pub struct BitSet(Vec<u64>);

impl BitSet {
    /// None of so many documents.
    pub fn none(count: usize) -> BitSet {
        BitSet(vec![0; count.div_ceil(64)])
    }

    /// All of so many documents.
    pub fn all(count: usize) -> BitSet {
        let mut all = BitSet(vec![u64::MAX; count.div_ceil(64)]);
        if let Some(last) = all.0.last_mut().filter(|_| !count.is_multiple_of(64)) {
            *last = (1 << (count % 64)) - 1;
        }
        all
    }

    pub fn insert(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub fn remove(&mut self, doc: DocId) {
        self.0[doc as usize / 64] &= !(1 << (doc % 64));
    }

    #[inline]
    pub fn contains(&self, doc: DocId) -> bool {
        self.0[doc as usize / 64] >> (doc % 64) & 1 == 1
    }

    /// Takes in what another has.
    pub fn unite(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Leaves what another has, too.
    pub fn intersect(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    /// Takes away what another has.
    pub fn subtract(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    pub fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &bits)| {
            let first = at as DocId * 64;
            std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)))
                .take_while(|bits| *bits != 0)
                .map(move |bits| first + bits.trailing_zeros())
        })
    }
}

/// Those of a segment's documents that are asked about: often all.
#[derive(Clone)]
pub enum Docs {
    All,
    Of(BitSet),
}

impl Docs {
    #[inline]
    pub fn contains(&self, doc: DocId) -> bool {
        match self {
            Docs::All => true,
            Docs::Of(set) => set.contains(doc),
        }
    }

    pub fn are_all(&self) -> bool {
        matches!(self, Docs::All)
    }

    /// Leaves those that a set has.
    pub fn intersect(&mut self, set: &BitSet) {
        match self {
            Docs::All => *self = Docs::Of(set.clone()),
            Docs::Of(own) => own.intersect(set),
        }
    }

    /// Makes them fewer; `count` is how many the segment has.
    pub fn narrow(&mut self, count: usize, change: impl FnOnce(&mut BitSet)) {
        let mut set = match std::mem::replace(self, Docs::All) {
            Docs::All => BitSet::all(count),
            Docs::Of(set) => set,
        };
        change(&mut set);
        *self = Docs::Of(set);
    }

    pub fn iter(&self, count: usize) -> impl Iterator<Item = DocId> + '_ {
        let (all, some) = match self {
            Docs::All => (Some(0..count as DocId), None),
            Docs::Of(set) => (None, Some(set.iter())),
        };
        all.into_iter().flatten().chain(some.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sets_are_those_of_numbers(count in 1_u32..200, left in prop::collection::btree_set(0_u32..200, 0..40), right in prop::collection::btree_set(0_u32..200, 0..40)) {
            let within = |numbers: &std::collections::BTreeSet<u32>| numbers.iter().copied().filter(|doc| *doc < count).collect::<std::collections::BTreeSet<u32>>();
            let (left, right) = (within(&left), within(&right));
            let set = |numbers: &std::collections::BTreeSet<u32>| {
                let mut set = BitSet::none(count as usize);
                numbers.iter().for_each(|doc| set.insert(*doc));
                set
            };
            let told = |set: &BitSet| set.iter().collect::<Vec<u32>>();
            let (mut joined, mut kept, mut dropped) = (set(&left), set(&left), set(&left));
            joined.unite(&set(&right));
            kept.intersect(&set(&right));
            dropped.subtract(&set(&right));
            prop_assert_eq!(told(&joined), left.union(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(told(&kept), left.intersection(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(told(&dropped), left.difference(&right).copied().collect::<Vec<_>>());
            prop_assert_eq!(told(&BitSet::all(count as usize)), (0..count).collect::<Vec<_>>());
            let mut docs = Docs::All;
            docs.narrow(count as usize, |docs| docs.subtract(&set(&left)));
            prop_assert_eq!(docs.iter(count as usize).collect::<Vec<_>>(), (0..count).filter(|doc| !left.contains(doc)).collect::<Vec<_>>());
        }
    }
}
