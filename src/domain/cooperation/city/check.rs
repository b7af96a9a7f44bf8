//! Whether a city may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result, link::may_lead},
    kernel::country::Country,
    store::{Refusals, Saving, Tx},
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;

/// It has an official name, a country that is one, a place on Earth; its web site leads somewhere.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.refuse_if(row.name.trim().is_empty(), Code::Required, "name", "Give the official name.");
        refusals.too_long("name", Some(&row.name), LONGEST_NAME);
    }
    if saving.sets(|row| row.country.clone()) && Country::of(&row.country).is_none() {
        let message = format!("“{}” is “{}”; it is an ISO 3166-1 two-letter code such as “DE”.", refusals.name("country"), row.country);
        refusals.refuse_if(true, Code::BadInput, "country", message);
    }
    if saving.sets(|row| (row.latitude, row.longitude)) {
        let is_half = row.latitude.is_some() != row.longitude.is_some();
        refusals.refuse_if(is_half, Code::Required, "coordinates", "A latitude and a longitude come together.");
        let on_earth = row.latitude.is_none_or(|latitude| (-90.0..=90.0).contains(&latitude))
            && row.longitude.is_none_or(|longitude| (-180.0..=180.0).contains(&longitude));
        refusals.refuse_if(!on_earth, Code::BadInput, "coordinates", "A latitude is -90 to 90 and a longitude -180 to 180 degrees.");
    }
    if saving.sets(|row| row.website.clone()) {
        refusals.take(may_lead(row.website.as_deref(), &refusals.path("website")))?;
    }
    Ok(())
}
