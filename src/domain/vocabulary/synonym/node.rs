//! A synonym.

use super::row;
use crate::kernel::prelude::node::*;

node!(
    /// Words and phrases that find each other, or that find others.
    Synonym = "synonym", ViewerCan;
    says &[("slug", "The name in imports and exports."), ("audience", "")]; {
        /// The language whose texts are sought; null for every language, and names.
        "language": Option<LanguageTag> = |row| row.language.clone().map(LanguageTag),
        /// What is asked for. Where there are no expansions, each of these finds the others.
        "terms": &[String] = |row| &row.terms.0,
        /// What each of the terms also finds, and not the other way round. Empty where the terms find each other.
        "expansions": &[String] = |row| &row.expansions.0,
    }
);

node_object!(
    /// Words and phrases that find each other in search, or that find others. Seen by everyone, written by administrators.
    Synonym
);
