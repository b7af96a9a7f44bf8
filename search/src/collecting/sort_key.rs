//! What hits are ordered by.
//!
//! Sort keys are compared by rank, then id, then kind: no two hits share one, and none depends on where in the index a document happens to lie.
//! So a page begun after a cursor is the same page whatever merged or was written elsewhere in the meantime; where ranks are scores, see `point_in_time`.

use std::cmp::Ordering;

use uuid::Uuid;

use crate::contract::Cursor;

/// What hits are compared by: the higher rank comes first, then the smaller id and kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SortKey<'a> {
    pub rank: u64,
    pub id: Uuid,
    pub kind: &'a str,
}

impl<'a> SortKey<'a> {
    pub fn of(cursor: &'a Cursor) -> SortKey<'a> {
        SortKey { rank: cursor.rank, id: cursor.key.id, kind: &cursor.key.kind }
    }
}

impl Ord for SortKey<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.rank.cmp(&self.rank).then_with(|| self.id.cmp(&other.id)).then_with(|| self.kind.cmp(other.kind))
    }
}

impl PartialOrd for SortKey<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The rank of a score: positive numbers order like their bits.
pub fn of_score(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

pub fn of_newest(date: i64) -> u64 {
    (date as u64) ^ (1 << 63)
}

pub fn of_oldest(date: i64) -> u64 {
    !of_newest(date)
}

pub fn of_nearest(kilometres: Option<f64>) -> u64 {
    kilometres.map_or(0, |kilometres| !kilometres.max(0.0).to_bits())
}
