//! The kinds of the graph, one folder each, in wings a programme officer would name; and the one list of them.
//!
//! A kind may use another kind's public surface (node type, id), never its row. `read.rs` and `node.rs` never write.
pub mod cooperation;
pub mod exchange;
pub mod follows;
pub mod knowledge;
pub mod people;
pub mod vocabulary;

pub mod about;
pub mod event;
pub mod node;
pub mod search_filter;
pub mod search_weight;

pub use cooperation::{
    agreement, announcement, application, assessment, assignment, call, city, contact_point, obligation, pairing, programme, sharing,
};
pub use exchange::{interest, seminar};
pub use follows::{digest, following, saved_search, webhook};
pub use knowledge::{adoption, building_block, document, faq, practice};
pub use node::VisibleNode;
pub use people::{involvement, organisation, person};
pub use vocabulary::{agenda, goal, synonym, theme};

use crate::kernel::{Entry, Kinds};

/// All kinds, each after those it refers to.
pub const KINDS: Kinds = Kinds(&[
    &theme::ENTRY,
    &agenda::ENTRY,
    &goal::ENTRY,
    &programme::ENTRY,
    &city::ENTRY,
    &organisation::ENTRY,
    &call::ENTRY,
    &pairing::ENTRY,
    &application::ENTRY,
    &assignment::ENTRY,
    &person::ENTRY,
    &assessment::ENTRY,
    &practice::ENTRY,
    &building_block::ENTRY,
    &interest::ENTRY,
    &seminar::ENTRY,
    &adoption::ENTRY,
    &involvement::ENTRY,
    &announcement::ENTRY,
    &faq::ENTRY,
    &contact_point::ENTRY,
    &document::ENTRY,
    &agreement::ENTRY,
    &obligation::ENTRY,
    &saved_search::ENTRY,
    &synonym::ENTRY,
    &webhook::ENTRY,
]);

/// The kind that is called so.
pub fn entry_of(kind: &str) -> Option<&'static dyn Entry> {
    KINDS.of(kind)
}
