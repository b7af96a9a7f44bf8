//! What people fill in of a call.
use super::{Call, Row};
use crate::kernel::prelude::fields::*;

columns!(Call {
    name: "1 to 300 characters.".named(300),
    side: "Whom it invites, as the programme names its sides; all where not given.".changed("Whom it invites; null invites all."),
    description: "What it asks for, up to 20,000 characters, in the programme's language."
        .changed("What it asks for; null forgets it.")
        .longest(20_000),
    opens: "When it opens.".changed("When it opens; null where not known."),
    closes: "When it closes.".changed("When it closes; null where not known."),
    source: "Where the facts come from.",
});
