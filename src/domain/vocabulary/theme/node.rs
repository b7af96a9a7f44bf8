//! A theme.
use super::row;
use crate::kernel::prelude::node::*;

node!(
    /// A branch of the theme tree.
    Theme = "theme", LabelledName, ViewerCan;
    says &[("audience", "")]; {
        /// How deep in the tree: 0 for a root.
        "depth": usize = |row| row.path.matches('/').count().saturating_sub(1),
    }
);

node_object!(
    /// A branch of the theme tree, by which practices, cities and seminars are found.
    Theme
);
