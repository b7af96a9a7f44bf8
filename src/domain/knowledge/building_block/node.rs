//! A building block in the graph.
use super::row::{self, Category, State};
use crate::kernel::prelude::node::*;

node!(
    /// A part of a practice that can be taken by itself.
    BuildingBlock = "building_block", Texts, ViewerCan;
    says &[("audience", "Who may see it: whoever sees the practice it is part of.")]; {
        /// With which sides of the work it has to do, the most fitting first.
        "categories": &[Category] = |row| &row.categories,
        /// Its place among the building blocks of its practice; null where it has none, and then it comes behind the others.
        "position": Option<i64> = |row| row.position,
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// Why it was withdrawn; null unless it was.
        "withdrawnReason": Option<&str> = |row| row.withdrawn_reason.as_deref(),
    }
);

node_object!(
    /// A part of a practice that can be taken by itself: what it does, what it needs, and what was learned. Other practices may point to it.
    BuildingBlock
);
