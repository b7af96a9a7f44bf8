//! What people fill in of a call.
use super::{Call, Row, row::RequiredDocument, side};
use crate::{domain::cooperation::stated, kernel::prelude::fields::*};

item!(RequiredDocument, RequiredDocument => |input| RequiredDocument { name: input.name.trim().to_owned(), ..input });

columns!(Call {
    name: "1 to 300 characters.".named(300),
    side: "Whom it invites, as the programme names its sides; all where not given. `sides` tells more."
        .changed("Whom it invites; null invites all."),
    sides: "Its sides, two or more: the cities it brings together with each other."
        .changed("Its sides, all anew.")
        .rule(side::check, 100)
        .unrecorded(),
    description: "What it asks for, up to 20,000 characters, in the programme's language."
        .changed("What it asks for; null forgets it.")
        .longest(20_000),
    opens: "When it opens.".changed("When it opens; null where not known."),
    closes: "When it closes.".changed("When it closes; null where not known."),
    required_documents: "Documents that each application needs, at most 50."
        .changed("Documents that each application needs, all anew.")
        .most(50)
        .rule(are_named, 300),
    stated: "Figures that sources state of it, at most 200."
        .changed("Figures that sources state of it, all anew.")
        .most(200)
        .rule(stated::check, 500),
    source: "Where the facts come from.",
});

fn are_named(documents: &Json<Vec<RequiredDocument>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, document) in documents.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.name"), &document.name, longest);
        refusals.too_long(&format!("{field}.{index}.description"), document.description.as_deref(), 5_000);
        let is_twice = documents[..index].iter().any(|other| other.name == document.name);
        let message = format!("“{}” is asked for twice.", document.name);
        refusals.refuse_if(is_twice, Code::BadInput, &format!("{field}.{index}.name"), message);
    }
    Ok(())
}
