//! What people fill in of a seminar: its columns, and the parts of its texts.
use super::{Row, Seminar};
use crate::kernel::{life::LONGEST_REASON, prelude::fields::*};

/// The longest place, in characters.
const LONGEST_PLACE: usize = 2_000;

columns!(Seminar {
    seminar_kind: "What sort of exchange it is.".only_recorded(),
    starts_at: "When it starts.".fixed(),
    ends_at: "When it ends; after the start.".fixed(),
    time_zone: "The time zone of the place, by its IANA name: `Europe/Lisbon`.".fixed(),
    place: "Where people meet.".fixed().longest(LONGEST_PLACE),
    link: "Where people meet over the network: an address that begins with `https://` or `http://`."
        .changed("Where people meet over the network; null forgets it.")
        .link(),
    capacity: "Places in all, 1 to 1,000,000; no limit where not given."
        .changed("Places in all, no fewer than are taken; null lifts the limit."),
    registration_closes_at: "When registration closes; with the start where not given."
        .changed("When registration closes; null lets it close with the start."),
    pairing: "The pairing it belongs to; the host is a city of it.".fixed().unrecorded(),
    walk_ins: "Who came without a place.".only_recorded(),
    cancelled_reason: "Why it was cancelled.".only_recorded().longest(LONGEST_REASON),
}, slug: "Made of the title where not given.");

texts!(Seminar {
    text: "SeminarText", "A seminar's text in one language.",
    in_row: [title, description],
    parts: [
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("description", 20_000, "What will happen there, or happened.")
            .in_row()
            .at_input(Use::Create, "What will happen there, up to 20,000 characters.")
            .at_input(Use::Update, "What will happen there, up to 20,000 characters; null forgets it.")
            .at_input(Use::Translate, "What will happen there, up to 20,000 characters.")
            .searched(Summary),
    ],
});
