//! Whether a pairing may be saved as it is.
use super::{
    Row,
    row::{BETWEEN_CITIES, CITIES},
};
use crate::{
    base::Id,
    domain::{call, city},
    kernel::prelude::check::*,
};

/// The longest name, in characters, of a pairing and of each of the cities it may be made of.
const LONGEST_NAME: usize = 200;
/// Cities of one pairing at the most.
const MOST_CITIES: usize = 50;

/// It joins two or more different cities, all of which take part in its programme; its call is one of that programme.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        // Made of the names of many cities it is longer than anybody would type.
        let longest = if row.name.contains(BETWEEN_CITIES) { MOST_CITIES * LONGEST_NAME } else { LONGEST_NAME };
        refusals.named("name", &row.name, longest);
    }
    if let Some(cities) = saving.links(&CITIES) {
        let too_few = format!("“{}” names fewer than two different cities; a pairing joins two or more.", refusals.name("cities"));
        refusals.refuse_if(cities.len() < 2, Code::BadInput, "cities", too_few);
        refusals.refuse_if(cities.len() > MOST_CITIES, Code::TooLong, "cities", format!("A pairing has at most {MOST_CITIES} cities."));
        tx.know(&city::PROGRAMMES, cities).await?;
        for (index, city) in cities.iter().enumerate() {
            let takes_part = city::programmes_of(tx, Id::new(*city)).await?.contains(&row.programme.uuid());
            let message = "This city does not take part in the programme.";
            refusals.refuse_if(!takes_part, Code::BadInput, &format!("cities.{index}"), message);
        }
    }
    if saving.sets(|row| (row.call, row.programme, row.rules_version))
        && let Some(call) = row.call
        && let Some(terms) = call::Terms::of(tx, call).await?
    {
        refusals.refuse_if(terms.programme() != row.programme, Code::BadInput, "call", "This is a call of another programme.");
        let unknown = row.rules_version.filter(|version| !terms.has_version(*version));
        let message = format!("The call has no version {} of its rules.", unknown.unwrap_or_default());
        refusals.refuse_if(unknown.is_some(), Code::BadInput, "rules_version", message);
    }
    Ok(())
}
