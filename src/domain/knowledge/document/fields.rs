//! What people fill in of a document.
use super::{Document, Row};
use crate::kernel::prelude::fields::*;

columns!(Document {
    title: "1 to 300 characters, in the document's language.".named(300),
    language: "The language it is written in.",
    description: "What is in it, at most 5,000 characters, in the document's language."
        .changed("What is in it, at most 5,000 characters; null forgets it.")
        .longest(5_000),
    licence: "Under which licence it may be used, by its SPDX name where it has one."
        .changed("Under which licence it may be used; null forgets it.")
        .longest(200),
    withdrawn_reason: "Why it was withdrawn.".only_recorded(),
}, slug: "Made of the title where not given.");
