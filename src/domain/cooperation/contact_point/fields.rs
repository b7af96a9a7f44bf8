//! What people fill in of a contact point.
use super::{ContactPoint, Row};
use crate::kernel::prelude::fields::*;

columns!(ContactPoint {
    programme: "The programme it speaks for.".fixed().unrecorded(),
    name: "What it is called, 1 to 200 characters: a person, a desk, an office.".changed("1 to 200 characters.").named(200),
    role: "What it is for, up to 300 characters.".longest(300),
    language: "The language to write in; any where not given.".changed("The language to write in; null for any."),
    email: "The mail address; unknown where not given.".changed("The mail address; null where it is unknown.").mail_address(),
    address: "Another address, up to 1,000 characters: a post address, a page; unknown where not given."
        .changed("Another address; null where it is unknown.")
        .longest(1_000),
    verbatim: "The source's own words, up to 2,000 characters.".longest(2_000),
    source: "Where the facts come from.".longest(2_000),
});

impl Recorded for ContactPoint {
    type Texts = NoTexts;
}
