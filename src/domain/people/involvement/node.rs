//! An involvement in the graph: what its declarations do not say already.
use super::row::{self, Phase, State, Support};
use crate::kernel::prelude::node::*;

node!(
    /// An organisation's part in something cities do.
    Involvement = "involvement", ViewerCan;
    says &[("audience", "Who may see it: never more than see what it is about.")]; {
        /// In which phases of the work it takes part.
        "phases": &[Phase] = |row| &row.phases,
        /// As what it takes part, in a few words.
        "role": Option<&str> = |row| row.role.as_deref(),
        /// What it gives.
        "support": &[Support] = |row| &row.support,
        /// The first day; null where not known.
        "from": Option<DateValue> = |row| row.from.as_ref().map(|day| DateValue(day.0)),
        /// The last day; null while it goes on or where not known.
        "to": Option<DateValue> = |row| row.to.as_ref().map(|day| DateValue(day.0)),
        /// Where it is in its life.
        "state": State = |row| row.state,
    }
);

node_object!(
    /// An organisation's part in a programme, application, city, pairing, practice or seminar.
    Involvement
);
