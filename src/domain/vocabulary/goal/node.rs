//! A goal.
use super::row;
use crate::kernel::prelude::node::*;

node!(
    /// A goal or target of a global agenda.
    Goal = "goal", LabelledName, ViewerCan; {
        /// Its number in the agenda: `11.2`.
        "code": &str = |row| &row.code,
        /// The place in the whole agenda, read from top to bottom.
        "position": i64 = |row| row.position,
        /// What the hub's programmes make of it, in English; null where nobody noted anything.
        "note": Option<&str> = |row| row.note.as_deref(),
        /// How deep in the agenda: 0 for a root.
        "depth": usize = |row| row.path.matches('/').count().saturating_sub(2),
    }
);

node_object!(
    /// A goal, target, commitment or article of a global agenda.
    Goal
);
