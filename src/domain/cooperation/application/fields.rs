//! What people fill in of an application.
use super::{Application, Row, line};
use crate::{
    kernel::{country::Country, life::LONGEST_REASON, prelude::fields::*},
    store::{Saving, Tx},
};

/// Challenges, and strengths, at the most.
const MOST_LINES: usize = 50;
/// Languages and countries at the most.
const MOST: usize = 200;
/// Partners a city can serve at the most.
const MOST_PARTNERS: i64 = 100;

columns!(Application {
    statement: "Why the city applies, up to 20,000 characters.".longest(20_000),
    challenges: "What the city needs, the most important first; at most 50."
        .changed("What the city needs, all anew.")
        .rule(line::check, MOST_LINES)
        .unrecorded(),
    strengths: "What the city offers, the most important first; at most 50."
        .changed("What the city offers, all anew.")
        .rule(line::check, MOST_LINES)
        .unrecorded(),
    working_languages: "The languages its people can work in.".changed("The languages its people can work in, all anew.").most(MOST),
    preferred_countries: "Countries it would like to find a partner in, by ISO 3166-1 two-letter code."
        .changed("Countries it would like to find a partner in, all anew.")
        .most(MOST)
        .rule(are_countries, 0),
    excluded_countries: "Countries it would not work with, by ISO 3166-1 two-letter code."
        .changed("Countries it would not work with, all anew.")
        .most(MOST)
        .rule(are_countries, 0),
    submitted_at: "When it was handed in.".only_recorded(),
    rules_version: "The version of the call's rules by which it was handed in.".only_recorded(),
    decided_on: "The day it was decided.".only_recorded(),
    reason: "Why it was decided so.".only_recorded().longest(LONGEST_REASON),
    reserve_position: "Its place on the reserve list.".only_recorded(),
    withdrawn_reason: "Why the city took it back.".only_recorded().longest(LONGEST_REASON),
}, slug: "Made of the names of city and call where not given.");

fn are_countries(countries: &Json<Vec<String>>, field: &str, _: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, code) in countries.iter().enumerate() {
        refusals.refuse_if(Country::of(code).is_none(), Code::BadInput, &format!("{field}.{index}"), Country::unknown(code));
    }
    Ok(())
}

/// It can serve a partner, its wishes do not contradict themselves, and it is on a side of the call.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.capacity) {
        let is_count = (1..=MOST_PARTNERS).contains(&row.capacity);
        refusals.refuse_if(!is_count, Code::BadInput, "capacity", format!("A city can serve 1 to {MOST_PARTNERS} partners."));
    }
    if saving.sets(|row| (row.preferred_countries.clone(), row.excluded_countries.clone())) {
        let both = row.preferred_countries.iter().find(|code| row.excluded_countries.contains(code));
        let message = format!("“{}” is both preferred and excluded.", both.map_or("", String::as_str));
        refusals.refuse_if(both.is_some(), Code::BadInput, "excluded_countries", message);
    }
    wishes(saving, refusals, tx).await
}

/// No city is both preferred and excluded, and none is its own partner.
async fn wishes(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    use super::row::{EXCLUDED, PREFERRED};
    let id = saving.after.id.uuid();
    if saving.links(&PREFERRED).is_none() && saving.links(&EXCLUDED).is_none() {
        return Ok(());
    }
    let mut wishes = Vec::with_capacity(2);
    for (join, field) in [(&PREFERRED, "preferred_cities"), (&EXCLUDED, "excluded_cities")] {
        let cities = match saving.links(join) {
            Some(cities) => cities.to_vec(),
            None => tx.linked(join, id).await?,
        };
        let is_own = cities.contains(&saving.after.city.uuid());
        refusals.refuse_if(is_own, Code::BadInput, field, "This is the city that applies; name others.");
        refusals.too_many(field, cities.len(), MOST);
        wishes.push(cities);
    }
    let is_torn = wishes[0].iter().any(|city| wishes[1].contains(city));
    refusals.refuse_if(is_torn, Code::BadInput, "excluded_cities", "A city is both preferred and excluded.");
    Ok(())
}
