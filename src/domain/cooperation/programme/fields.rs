//! What people fill in of a programme: its columns, and the parts of its texts.
use super::{Programme, Row, cohort, row::Component};
use crate::{domain::cooperation::stated, kernel::prelude::fields::*};

item!(Component, Component => |input| Component { name: input.name.trim().to_owned(), ..input });

columns!(Programme {
    stated: "Figures that sources state of it, at most 200."
        .changed("Figures that sources state of it, all anew.")
        .most(200)
        .rule(stated::check, 500),
    cohorts: "Groups of cities that sources speak of, at most 50."
        .changed("Groups of cities that sources speak of, all anew.")
        .rule(cohort::check, 300)
        .unrecorded(),
    components: "Its components, such as regions of the world; at most 50."
        .changed("Its components, all anew.")
        .most(50)
        .rule(are_named, 300),
    review_steps:
        "How many steps of review a practice of its cities takes before it is published: 0 (where not given), 1, or 2 by two people."
            .changed("How many steps of review a practice of its cities takes before it is published: 0, 1, or 2 by two people; null is 0.")
            .up_to(2),
    source: "Where the facts come from.",
});

fn are_named(components: &Json<Vec<Component>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, component) in components.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.name"), &component.name, longest);
        refusals.too_long(&format!("{field}.{index}.description"), component.description.as_deref(), 5_000);
    }
    Ok(())
}

texts!(Programme {
    text: "ProgrammeText", "A programme's text in one language.",
    in_row: [name, description],
    parts: [
        TextPart::new("name", 300, "The name.").required().in_row().searched(Title),
        TextPart::new("description", 20_000, "The description.").in_row().searched(Body),
    ],
});
