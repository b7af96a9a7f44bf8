//! What people fill in of a programme: its columns, and the parts of its texts.
use super::{Programme, Row, row::Stated, stated};
use crate::kernel::prelude::fields::*;

item!(Stated, Stated => |input| Stated { measure: input.measure.trim().to_owned(), source: input.source.trim().to_owned(), ..input });

columns!(Programme {
    stated: "Figures that sources state of it.".changed("Figures that sources state of it, all anew.").rule(stated::check, 500),
    source: "Where the facts come from.",
});

texts!(Programme {
    text: "ProgrammeText", "A programme's text in one language.",
    in_row: [name, description],
    parts: [
        TextPart::new("name", 300, "The name.").required().in_row().searched(Title),
        TextPart::new("description", 20_000, "The description.").in_row().searched(Body),
    ],
});
