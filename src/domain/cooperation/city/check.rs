//! Whether a city may be saved as it is.
use super::{Row, fields::are_counts};
use crate::kernel::prelude::check::*;

/// It has as many people as a city can have, and a place on Earth.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.populations.clone()) {
        are_counts(&row.populations, refusals.either("populations", "population"), refusals);
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
    Ok(())
}
