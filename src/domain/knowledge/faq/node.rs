//! A frequently asked question in the graph.
use super::row;
use crate::kernel::prelude::node::*;

node!(
    /// A frequently asked question.
    Faq = "faq", Texts, ViewerCan; {
        /// The edition of the questions that it belongs to: “2018”; null where it is of none.
        "edition": Option<&str> = |row| row.edition.as_deref(),
        /// Its place among the questions of its programme; null where it has none, and then it comes behind the others.
        "position": Option<i64> = |row| row.position,
        /// Where it was published.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

node_object!(
    /// A frequently asked question of a programme, with its answer.
    Faq
);
