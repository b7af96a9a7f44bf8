//! How mature a practice is: reckoned from its adoptions, and never typed in.
//!
//! The rule, of adoptions that are concluded, work, and are seen by everyone (a hidden one must not show by what it brings about):
//! - *promising*: there is none; what works in one place may do so in another;
//! - *good*: it works in another city at least;
//! - *institutionalised*: it works in [`CITIES`] other cities at least, of [`COUNTRIES`] countries at least.
//!
//! A city counts once, however often it took the practice up, and what works in part does not count. Where such an adoption is hidden, taken back or concluded anew,
//! the practice is as mature as the others make it.
use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{QueryFilter, entity::prelude::*};

use super::row::{Column, Entity, Outcome, State};
use crate::{
    access::Audience,
    base::Result,
    domain::{
        city,
        practice::{self, Maturity},
    },
    store::Tx,
};

/// In how many other cities an institutionalised practice works at least, and of how many countries these are.
const CITIES: usize = 3;
const COUNTRIES: usize = 2;

/// How mature a practice is that works in these cities, each with its country.
fn of(places: &BTreeMap<Uuid, String>) -> Maturity {
    let countries: BTreeSet<&String> = places.values().collect();
    if places.len() >= CITIES && countries.len() >= COUNTRIES {
        Maturity::Institutionalised
    } else if places.is_empty() {
        Maturity::Promising
    } else {
        Maturity::Good
    }
}

/// Reckons anew how mature these practices are. Who does the same for one of them at the same moment waits.
pub(super) async fn reckon(tx: &mut Tx<'_>, practices: &[Uuid]) -> Result<()> {
    if practices.is_empty() {
        return Ok(());
    }
    practice::hold_all(tx, practices).await?;
    let working = tx.every::<Entity>().filter(Column::Practice.is_in(practices.iter().copied()));
    let working = working.filter(Column::State.eq(State::Concluded)).filter(Column::Outcome.eq(Outcome::Works));
    let rows = tx.all(working.filter(Column::Audience.eq(Audience::public()))).await?;
    let cities: BTreeSet<Uuid> = rows.iter().map(|row| row.city.uuid()).collect();
    let countries = city::countries_of(tx, &cities.into_iter().collect::<Vec<_>>()).await?;
    let mut places: BTreeMap<Uuid, BTreeMap<Uuid, String>> = practices.iter().map(|practice| (*practice, BTreeMap::new())).collect();
    for row in &rows {
        let country = countries.get(&row.city.uuid()).cloned().unwrap_or_default();
        places.entry(row.practice.uuid()).or_default().insert(row.city.uuid(), country);
    }
    practice::note_maturity(tx, places.iter().map(|(practice, places)| (*practice, of(places)))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_practice_is_as_mature_as_the_cities_where_it_works_make_it() {
        let places = |countries: &[&str]| {
            countries.iter().enumerate().map(|(city, country)| (Uuid::from_u128(city as u128), (*country).to_owned())).collect()
        };
        assert_eq!(of(&places(&[])), Maturity::Promising);
        assert_eq!(of(&places(&["DE"])), Maturity::Good);
        assert_eq!(of(&places(&["DE", "FR"])), Maturity::Good, "two cities are not enough");
        assert_eq!(of(&places(&["DE", "DE", "DE", "DE"])), Maturity::Good, "nor is one country");
        assert_eq!(of(&places(&["DE", "DE", "FR"])), Maturity::Institutionalised);
    }
}
