//! An interest in the graph.
use super::row::{self, State};
use crate::kernel::prelude::node::*;

node!(
    /// A city's wish to be a partner in a practice.
    Interest = "interest", ViewerCan;
    says &[("audience", "Who may see it: the representatives of the two cities, and nobody else.")]; {
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// Why the city would be a partner, what it brings and what it hopes for.
        "note": Option<&str> = |row| row.note.as_deref(),
        /// The language of the note.
        "language": LanguageTag = |row| LanguageTag(row.language.clone()),
        /// What the practice's city answered; null before, and where it said nothing.
        "answer": Option<&str> = |row| row.answer.as_deref(),
        /// The day of the answer; null before.
        "answeredOn": Option<DateValue> = |row| row.answered_on.as_ref().map(|day| DateValue(day.0)),
    }
);

node_object!(
    /// A city's wish to be a partner in a practice for which another city seeks partners, and the answer.
    Interest
);
