//! The order of hits.

use super::geo::Point;

/// The order of hits. Equals are ordered by id, always the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Order {
    #[default]
    Relevance,
    Newest,
    Oldest,
    /// By distance from a point; what has no place comes last.
    Nearest(Point),
}
