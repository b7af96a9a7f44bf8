//! A hit's place in the order of hits, and the cursor that names it.
//!
//! Places are compared by rank, then id, then kind: no two hits share one, and none depends on where in the index a document happens to lie.
//! So a page begun after a cursor is the same page whatever merged or was written elsewhere in the meantime; where places are scores, see `pin`.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::doc::DocKey;
use super::pin::PointInTime;
use super::request::Order;

/// The place of a hit. Opaque to clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    order: char,
    rank: u64,
    key: DocKey,
    /// What the rank was weighed by, as it is written.
    point_in_time: Option<Arc<str>>,
}

impl Cursor {
    pub(super) fn new(order: &Order, rank: u64, key: DocKey, point_in_time: Option<Arc<str>>) -> Cursor {
        Cursor { order: letter(order), rank, key, point_in_time }
    }

    /// Reads a cursor that was given for this order; `None` if it was not.
    pub fn parse(text: &str, order: &Order) -> Option<Cursor> {
        let mut chars = text.chars();
        if chars.next()? != letter(order) || !text.is_ascii() || text.len() < 50 {
            return None;
        }
        let rank = u64::from_str_radix(text.get(1..17)?, 16).ok()?;
        let id = Uuid::try_parse(text.get(17..49)?).ok()?;
        let rest = text.get(49..)?;
        let (kind, point_in_time) = rest.split_once('.').map_or((rest, None), |(kind, point_in_time)| (kind, Some(point_in_time)));
        if let Some(point_in_time) = point_in_time {
            PointInTime::read(point_in_time)?;
        }
        Some(Cursor { order: letter(order), rank, key: DocKey { kind: kind.to_owned(), id }, point_in_time: point_in_time.map(Arc::from) })
    }

    /// What the walk that it belongs to is weighed by.
    pub(super) fn point_in_time(&self) -> Option<PointInTime> {
        PointInTime::read(self.point_in_time.as_deref()?)
    }

    pub(super) fn sort_key(&self) -> SortKey<'_> {
        SortKey { rank: self.rank, id: self.key.id, kind: &self.key.kind }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:016x}{}{}", self.order, self.rank, self.key.id.simple(), self.key.kind)?;
        self.point_in_time.as_ref().map_or(Ok(()), |point_in_time| write!(f, ".{point_in_time}"))
    }
}

fn letter(order: &Order) -> char {
    match order {
        Order::Relevance => 'r',
        Order::Newest => 'n',
        Order::Oldest => 'o',
        Order::Nearest(_) => 'd',
    }
}

/// What hits are compared by: the higher rank comes first, then the smaller id and kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct SortKey<'a> {
    pub rank: u64,
    pub id: Uuid,
    pub kind: &'a str,
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
pub(super) fn of_score(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

pub(super) fn of_newest(date: i64) -> u64 {
    (date as u64) ^ (1 << 63)
}

pub(super) fn of_oldest(date: i64) -> u64 {
    !of_newest(date)
}

pub(super) fn of_nearest(kilometres: Option<f64>) -> u64 {
    kilometres.map_or(0, |kilometres| !kilometres.max(0.0).to_bits())
}
