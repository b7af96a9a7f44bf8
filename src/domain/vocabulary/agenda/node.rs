//! An agenda.
use super::row;
use crate::kernel::prelude::node::*;

node!(
    /// A global agenda whose goals practices and plans serve.
    Agenda = "agenda", LabelledName; {
        /// What it is about, in English.
        "description": Option<&str> = |row| row.description.as_deref(),
        /// Where it was agreed.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

node_object!(
    /// A global agenda whose goals practices and plans serve.
    Agenda
);
