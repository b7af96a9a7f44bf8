//! Which documents a viewer may see at all, and which a filter admits.

use tantivy::DocId;

use super::ask::{Filter, Near};
use super::fields::Dimension;
use super::globe::Circle;
use super::languages::Slot;
use super::shelf::{Length, Shelf};
use super::snapshot::{Segment, Snapshot};
use super::values::{Space, Values};

/// What a viewer sees: the living documents of the viewer's audiences.
pub(super) struct Sight {
    /// `None` sees all.
    allowed: Option<Allowed>,
}

struct Allowed {
    numbers: Vec<u32>,
    /// By audience number.
    is_allowed: Vec<bool>,
}

impl Sight {
    pub fn new(allowed: Option<&[String]>, values: &Values) -> Sight {
        let allowed = allowed.map(|keys| {
            let mut numbers: Vec<u32> = keys.iter().filter_map(|key| values.number(Space::Audience, key)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let mut is_allowed = vec![false; values.len()];
            for &number in &numbers {
                is_allowed[number as usize] = true;
            }
            Allowed { numbers, is_allowed }
        });
        Sight { allowed }
    }

    #[inline]
    pub fn admits(&self, segment: &Segment, doc: DocId) -> bool {
        self.knows(segment.shelf.audiences[doc as usize]) && segment.is_alive(doc)
    }

    #[inline]
    fn knows(&self, audience: u32) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed.is_allowed.get(audience as usize).copied().unwrap_or(false))
    }

    /// Whether nothing of a segment is hidden, so that nobody need look.
    pub fn sees_all_of(&self, segment: &Segment) -> bool {
        segment.alive.is_none() && segment.shelf.occurring.iter().all(|&audience| self.knows(audience))
    }

    /// How many documents in sight have words in each slot, and how many words.
    pub fn lengths(&self, snapshot: &Snapshot) -> [Length; Slot::COUNT] {
        let Some(allowed) = &self.allowed else { return snapshot.all_lengths };
        let mut sums = [Length::default(); Slot::COUNT];
        for (slot, length) in allowed.numbers.iter().flat_map(|&number| snapshot.lengths.of(number)) {
            sums[slot.index()].add_all(length);
        }
        sums
    }
}

/// A filter, laid over the segments of a snapshot.
pub(super) struct Sieve {
    /// For each dimension that asks for something, its bit and, by segment, the documents that meet it.
    meshes: Vec<(u8, Vec<Set>)>,
    circle: Option<Circle>,
}

/// A set of a segment's documents.
pub(super) struct Set(Vec<u64>);

impl Set {
    pub fn empty(shelf: &Shelf) -> Set {
        Set(vec![0; shelf.ids.len().div_ceil(64)])
    }

    pub fn of(shelf: &Shelf, numbers: &[u32]) -> Set {
        let mut set = Set::empty(shelf);
        for &doc in numbers.iter().flat_map(|&number| shelf.holders(number)) {
            set.put(doc);
        }
        set
    }

    pub fn put(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    #[inline]
    pub fn holds(&self, doc: DocId) -> bool {
        self.0[doc as usize / 64] >> (doc % 64) & 1 == 1
    }
}

/// What a document fails of a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Failed {
    pub dimensions: u8,
    pub is_elsewhere: bool,
}

impl Failed {
    pub fn nothing(self) -> bool {
        self.dimensions == 0 && !self.is_elsewhere
    }
}

impl Sieve {
    pub fn new(filter: &Filter, snapshot: &Snapshot) -> Sieve {
        let years: Vec<String> = filter.years.iter().map(i64::to_string).collect();
        let asked = [
            (Dimension::Kind, &filter.kinds),
            (Dimension::Theme, &filter.themes),
            (Dimension::Goal, &filter.goals),
            (Dimension::Country, &filter.countries),
            (Dimension::City, &filter.cities),
            (Dimension::Programme, &filter.programmes),
            (Dimension::Language, &filter.languages),
            (Dimension::Year, &years),
        ];
        let meshes = asked.into_iter().filter(|(_, wanted)| !wanted.is_empty()).map(|(dimension, wanted)| {
            let number = |value: &String| snapshot.values.number(Space::Dimension(dimension), value);
            let numbers: Vec<u32> = wanted.iter().filter_map(number).collect();
            (dimension.bit(), snapshot.segments.iter().map(|segment| Set::of(&segment.shelf, &numbers)).collect())
        });
        Sieve { meshes: meshes.collect(), circle: filter.near.filter(is_sound).map(Circle::new) }
    }

    #[inline]
    pub fn failed(&self, snapshot: &Snapshot, ordinal: usize, doc: DocId) -> Failed {
        let failed = self.meshes.iter().filter(|(_, sets)| !sets[ordinal].holds(doc)).fold(0, |failed, (bit, _)| failed | bit);
        let is_elsewhere = self.circle.is_some_and(|circle| {
            let point = snapshot.segments[ordinal].shelf.point(doc);
            !point.is_some_and(|point| circle.holds(point))
        });
        Failed { dimensions: failed, is_elsewhere }
    }

    /// Whether a document is worth scoring: quick, and never wrong about a document that fails nothing.
    #[inline]
    pub fn lets_through(&self, ordinal: usize, doc: DocId) -> bool {
        self.meshes.iter().all(|(_, sets)| sets[ordinal].holds(doc))
    }
}

/// A circle that is none admits everything rather than nothing.
pub(super) fn is_sound(near: &Near) -> bool {
    near.kilometres.is_finite() && near.point.latitude.is_finite() && near.point.longitude.is_finite()
}
