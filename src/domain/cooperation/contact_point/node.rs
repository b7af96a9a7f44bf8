//! A contact point in the graph.
use super::row;
use crate::kernel::prelude::node::*;

node!(
    /// Where people turn to.
    ContactPoint = "contact_point", ViewerCan; {
        /// What it is called: a person, a desk, an office.
        "name": &str = |row| &row.name,
        /// What it is for.
        "role": Option<&str> = |row| row.role.as_deref(),
        /// The language to write in; null for any, or where it is not known.
        "language": Option<LanguageTag> = |row| row.language.clone().map(LanguageTag),
        /// The mail address; null where there is none, or it is unknown.
        "email": Option<&str> = |row| row.email.as_deref(),
        /// Another address: a post address, a page; null where there is none, or it is unknown.
        "address": Option<&str> = |row| row.address.as_deref(),
        /// Whether it is known how to write to it. False where a source names the contact and tells no address; then `verbatim` has what it tells.
        "isKnown": bool = |row| row.is_known(),
        /// The source's own words.
        "verbatim": Option<&str> = |row| row.verbatim.as_deref(),
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

node_object!(
    /// Where people turn to who want to know more of a programme; its address may be unknown, and says so.
    ContactPoint
);
