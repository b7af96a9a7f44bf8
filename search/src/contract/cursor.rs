//! The cursor of a hit: its place in the order of hits, and what its score was weighed by. Opaque to clients.
//!
//! What it says of the latter is read by `collecting::point_in_time`.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::document::DocKey;
use super::order::Order;

/// The place of a hit. Opaque to clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    order: char,
    pub(crate) rank: u64,
    pub(crate) key: DocKey,
    /// What the rank was weighed by, as it is written.
    pub(crate) point_in_time: Option<Arc<str>>,
}

impl Cursor {
    pub(crate) fn new(order: &Order, rank: u64, key: DocKey, point_in_time: Option<Arc<str>>) -> Cursor {
        Cursor { order: letter(order), rank, key, point_in_time }
    }

    /// Reads a cursor that was given for this order but for what it was weighed by; `None` if it was not.
    pub(crate) fn read(text: &str, order: &Order) -> Option<Cursor> {
        let mut chars = text.chars();
        if chars.next()? != letter(order) || !text.is_ascii() || text.len() < 50 {
            return None;
        }
        let rank = u64::from_str_radix(text.get(1..17)?, 16).ok()?;
        let id = Uuid::try_parse(text.get(17..49)?).ok()?;
        let rest = text.get(49..)?;
        let (kind, point_in_time) = rest.split_once('.').map_or((rest, None), |(kind, point_in_time)| (kind, Some(point_in_time)));
        Some(Cursor { order: letter(order), rank, key: DocKey { kind: kind.to_owned(), id }, point_in_time: point_in_time.map(Arc::from) })
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
