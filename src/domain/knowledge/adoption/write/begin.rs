//! What commands and records have in common.
use super::super::{Adoption, Row};
use crate::{
    domain::{
        city::City,
        person,
        practice::{Offer, Practice, Source, sources_of},
    },
    kernel::{life, prelude::write::*},
    store::EventType,
};

/// What is said where nothing is told of what was learned.
pub const UNTOLD: &str = "Say what was learned: others learn as much from what failed as from what works.";

/// The adoption, its practice held before it, as by whoever writes the practice: so none waits for the other.
pub async fn begin(tx: &Tx<'_>, what: &life::Move<Row>, target: &Target<Adoption>) -> Done<Row> {
    let seen: Row = tx.seen(target.id()?, "input.id").await?;
    Offer::held(tx, seen.practice).await?;
    life::begin(tx, what, target).await
}

/// The version of a practice that was taken: the newest where none is told; refused where there is none such.
pub fn version_of(told: Option<i64>, source: &Source, path: &str) -> Done<i64> {
    let version = told.unwrap_or(source.version);
    let message = format!("The practice's original has versions 1 to {}.", source.version);
    refuse_if(!(1..=source.version).contains(&version), Code::BadInput, path, message)?;
    Ok(version)
}

/// The same of a practice that the viewer has to see for it. It need not be held: versions are only added.
pub async fn seen_version(tx: &Tx<'_>, practice: Id<Practice>, told: i64) -> Done<i64> {
    match sources_of(tx, &[practice.uuid()]).await?.get(&practice.uuid()) {
        Some(source) => version_of(Some(told), source, "input.practiceVersion"),
        None => refuse(
            Code::NotFound,
            "input.practiceVersion",
            "The practice is no longer shared with your city, so its versions are not told.",
        ),
    }
}

/// Refuses to have a practice come of an adoption that is not of the city that took the other up.
pub fn is_of_city(source: &Source, city: Id<City>, path: &str) -> Done<()> {
    refuse_if(source.city != city, Code::BadInput, path, "What came of it is a practice of the city that took the other one up.")
}

/// The same of a practice that an input names.
pub async fn became(tx: &Tx<'_>, practice: Option<Id<Practice>>, city: Id<City>) -> Done<()> {
    let Some(practice) = practice else { return Ok(()) };
    match sources_of(tx, &[practice.uuid()]).await?.get(&practice.uuid()) {
        Some(source) => is_of_city(source, city, "input.becomes"),
        // Refused as not there when it is saved.
        None => Ok(()),
    }
}

/// Tells the people of a city of an adoption, whatever they follow.
pub async fn tell(tx: &mut Tx<'_>, row: &Row, event: &'static EventType, city: Id<City>) -> Done<()> {
    for person in person::speakers_of(tx, city).await? {
        tx.log_to(row, event, person);
    }
    Ok(())
}
