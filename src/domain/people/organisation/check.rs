//! Whether an organisation may be saved as it is.
use super::Row;
use crate::{
    domain::city,
    kernel::{country::Country, prelude::check::*},
};

/// It is in the country of its city.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| (row.country.clone(), row.city))
        && let (Some(country), Some(city)) = (&saving.after.country, saving.after.city)
        && Country::of(country).is_some()
        && let Some(of_city) = city::country_of(tx, city).await?.filter(|of_city| of_city != country)
    {
        let message = format!("“country” is “{country}”, but its city is in “{of_city}”; leave it out.");
        refusals.refuse_if(true, Code::BadInput, "country", message);
    }
    Ok(())
}
