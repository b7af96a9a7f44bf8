//! Whether a city may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result, link::may_lead},
    kernel::country::Country,
    store::{Refusals, Saving, Tx},
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// Other names and counts of inhabitants at the most.
const MOST: usize = 200;
/// The longest of what it needs and offers, and of who says something of it.
const LONGEST_POINT: usize = 2_000;
/// More people than there are.
const TOO_MANY_PEOPLE: i64 = 10_000_000_000;

/// It has an official name, a country that is one, a place on Earth; its web site leads somewhere.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, LONGEST_NAME);
    }
    if saving.sets(|row| row.aliases.clone()) {
        refusals.too_many("aliases", row.aliases.len(), MOST);
        for (index, alias) in row.aliases.iter().enumerate() {
            refusals.named(&format!("aliases.{index}.name"), &alias.name, LONGEST_NAME);
            refusals.too_long(&format!("aliases.{index}.source"), alias.source.as_deref(), LONGEST_POINT);
        }
    }
    if saving.sets(|row| row.populations.clone()) {
        let field = refusals.either("populations", "population");
        refusals.too_many(field, row.populations.len(), MOST);
        for (index, population) in row.populations.iter().enumerate() {
            let is_count = (0..TOO_MANY_PEOPLE).contains(&population.value);
            let message = format!("“{}” inhabitants can't be; it is their number.", population.value);
            refusals.refuse_if(!is_count, Code::BadInput, &format!("{field}.{index}.value"), message);
            refusals.too_long(&format!("{field}.{index}.boundary"), population.boundary.as_deref(), LONGEST_NAME);
            refusals.too_long(&format!("{field}.{index}.source"), population.source.as_deref(), LONGEST_POINT);
        }
    }
    for (field, list, is_set) in [
        ("challenges", &row.challenges, saving.sets(|row| row.challenges.clone())),
        ("strengths", &row.strengths, saving.sets(|row| row.strengths.clone())),
    ] {
        if is_set {
            refusals.too_many(field, list.len(), MOST);
            for (index, point) in list.iter().enumerate() {
                refusals.required(&format!("{field}.{index}"), point);
                refusals.too_long(&format!("{field}.{index}"), Some(point), LONGEST_POINT);
            }
        }
    }
    if saving.sets(|row| row.country.clone()) && Country::of(&row.country).is_none() {
        let message = format!("“{}” is “{}”; it is an ISO 3166-1 two-letter code such as “DE”.", refusals.name("country"), row.country);
        refusals.refuse_if(true, Code::BadInput, "country", message);
    }
    if saving.sets(|row| (row.latitude, row.longitude)) {
        let is_half = row.latitude.is_some() != row.longitude.is_some();
        let field = refusals.either("coordinates", if row.latitude.is_none() { "latitude" } else { "longitude" });
        refusals.refuse_if(is_half, Code::Required, field, "A latitude and a longitude come together.");
        let is_north = row.latitude.is_none_or(|latitude| (-90.0..=90.0).contains(&latitude));
        let is_east = row.longitude.is_none_or(|longitude| (-180.0..=180.0).contains(&longitude));
        let field = refusals.either("coordinates", if is_north { "longitude" } else { "latitude" });
        let message = "A latitude is -90 to 90 and a longitude -180 to 180 degrees.";
        refusals.refuse_if(!(is_north && is_east), Code::BadInput, field, message);
    }
    if saving.sets(|row| row.website.clone()) {
        refusals.take(may_lead(row.website.as_deref(), &refusals.path("website")))?;
    }
    Ok(())
}
