//! What administrators fill in of a synonym.
use super::{Row, Synonym};
use crate::kernel::prelude::fields::*;

columns!(Synonym {
    language: "The language whose texts are sought; every language, and names, where not given."
        .changed("The language whose texts are sought; null for every language, and names."),
    terms: "What is asked for: 1 to 20 terms of 1 to 6 words. Without expansions there must be two at least, and each finds the others."
        .changed("What is asked for, as a whole.")
        .needed(),
    expansions: "What each of the terms also finds, and not the other way round; at most 20."
        .changed("What each of the terms also finds, as a whole; empty, so that the terms find each other."),
}, slug: "The name in imports and exports; made of the language and the first term where not given.");
