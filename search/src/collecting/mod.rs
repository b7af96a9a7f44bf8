//! Collecting: from scored documents to one page of them, the total and the facets.
//!
//! Reading order: [`collector`](PageCollector) keeps the best, `facets` counts, `sort_key` orders, and [`point_in_time`](PointInTime) keeps a walk through the pages as it began.

mod collector;
mod facets;
mod point_in_time;
mod sort_key;

pub use collector::{Candidate, CollectedPage, PageCollector};
pub use point_in_time::PointInTime;
