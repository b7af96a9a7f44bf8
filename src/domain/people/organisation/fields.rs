//! What people fill in of an organisation: its columns, and the parts of its texts.
use super::{Organisation, Row, node::OrganisationAliasInput};
use crate::kernel::{alias, prelude::fields::*, text::Searched};

columns!(Organisation {
    name: "The official name, 1 to 300 characters.".changed("The official name.").named(300),
    organisation_kind: "What sort of organisation it is.",
    level: "How far it reaches.".changed("How far it reaches; null where not known."),
    city: "The city it is in, whose people keep it.".fixed().unrecorded(),
    programme: "The programme whose officers keep it; needed where it is in no city.".fixed().unrecorded(),
    country: "ISO 3166-1 two-letter code.".country(),
    website: "Its web site: an address that begins with `https://` or `http://`.".changed("Its web site; null forgets it.").link(),
    aliases: "Its other names, at most 50."
        .changed("Its other names, all anew.")
        .most(50)
        .rule(alias::check, 300)
        .taken_as::<OrganisationAliasInput>(),
});

texts!(Organisation {
    text: "OrganisationText", "An organisation's text in one language.",
    in_row: [description],
    parts: [TextPart::new("description", 20_000, "What it does.").in_row().searched(Searched::Summary)],
});

impl Recorded for Organisation {
    type Texts = TextsRecord<Self>;
    const LANGUAGE: Option<&'static str> = Some("en");
}
