//! What people fill in of a city: its columns, and the parts of its texts.
use super::{City, Row, node::CityAliasInput, row::Population};
use crate::kernel::{alias, prelude::fields::*};

/// The longest name, in characters.
pub(super) const LONGEST_NAME: usize = 200;
/// Other names and counts of inhabitants at the most.
pub(super) const MOST: usize = 200;
/// The longest of what it needs and offers, and of who says something of it.
pub(super) const LONGEST_POINT: usize = 2_000;

item!(Population);

columns!(City {
    name: "The official name, 1 to 200 characters.".changed("The official name.").named(LONGEST_NAME),
    country: "ISO 3166-1 two-letter code.".fixed().country(),
    aliases: "Its other names."
        .changed("Its other names, all of them anew.")
        .most(MOST)
        .rule(alias::check, LONGEST_NAME)
        .taken_as::<CityAliasInput>(),
    populations: "Inhabitants, the usual boundary first.".changed("Inhabitants, all of them anew.").unrecorded(),
    challenges: "What the city needs.".changed("What the city needs, all anew.").most(MOST).rule(are_points, LONGEST_POINT),
    strengths: "What the city offers.".changed("What the city offers, all anew.").most(MOST).rule(are_points, LONGEST_POINT),
    website: "Its web site.".link(),
    side: "Which side of a programme it is on.".only_recorded(),
    source: "Where the facts come from.".only_recorded(),
});

fn are_points(points: &Json<Vec<String>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, point) in points.iter().enumerate() {
        refusals.named(&format!("{field}.{index}"), point, longest);
    }
    Ok(())
}

/// More people than there are.
const TOO_MANY_PEOPLE: i64 = 10_000_000_000;

/// Refuses what can be no counts of inhabitants.
pub(super) fn are_counts(populations: &[Population], field: &str, refusals: &mut Refusals) {
    refusals.too_many(field, populations.len(), MOST);
    for (index, population) in populations.iter().enumerate() {
        let message = format!("“{}” inhabitants can't be; it is their number.", population.value);
        let is_count = (0..TOO_MANY_PEOPLE).contains(&population.value);
        refusals.refuse_if(!is_count, Code::BadInput, &format!("{field}.{index}.value"), message);
        refusals.too_long(&format!("{field}.{index}.boundary"), population.boundary.as_deref(), LONGEST_NAME);
        refusals.too_long(&format!("{field}.{index}.source"), population.source.as_deref(), LONGEST_POINT);
        refusals.too_long(&format!("{field}.{index}.municipality"), population.municipality.as_deref(), LONGEST_NAME);
    }
}

texts!(City {
    text: "CityText", "A city's profile in one language.",
    in_row: [profile],
    parts: [TextPart::new("profile", 20_000, "The profile.")
        .in_row()
        .at_input(Use::Update, "The profile in its original language; null forgets it.")
        .searched(Summary)],
    is_told: false,
});
