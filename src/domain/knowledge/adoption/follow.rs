//! What becomes of adoptions when their practice or their city changes.
use std::collections::BTreeSet;

use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Row, maturity,
    row::{Column, Entity, State},
};
use crate::{
    base::{Id, Result},
    domain::{
        city::City,
        practice::{Practice, Source},
    },
    store::Tx,
};

/// What is said where the practice became that of the city that had taken it up.
const OWN: &str = "The practice is this city's own now.";

/// Adoptions follow their practice: they are seen by no more than see it, and another city that it belongs to gave it from then on, and is asked for its consent
/// anew. What came of an adoption is a practice of the city that took it up; one that is another city's now came of something else.
pub async fn follow(tx: &mut Tx<'_>, practice: Id<Practice>, source: &Source) -> Result<()> {
    for row in tx.all(tx.every::<Entity>().filter(Column::Practice.eq(practice)).lock_exclusive()).await? {
        let mut after = Row { owner: source.city, is_practice_public: source.is_public, ..row.clone() };
        if row.owner != source.city {
            after.owner_consented_on = None;
        }
        if after.owner == after.city && after.state != State::Withdrawn {
            after.take_back(OWN.to_owned());
        }
        tx.change(&row, after.derived(), &[]).await?;
    }
    let elsewhere = tx.every::<Entity>().filter(Column::Becomes.eq(practice)).filter(Column::City.ne(source.city));
    for row in tx.all(elsewhere.lock_exclusive()).await? {
        tx.change(&row, Row { becomes: None, ..row.clone() }, &[]).await?;
    }
    Ok(())
}

/// A city is in another country than was thought: so the practices that it took up work in other countries.
pub async fn follow_city(tx: &mut Tx<'_>, city: Id<City>) -> Result<()> {
    let rows = tx.all(tx.every::<Entity>().filter(Column::City.eq(city))).await?;
    let practices: BTreeSet<Uuid> = rows.iter().map(|row| row.practice.uuid()).collect();
    maturity::reckon(tx, &practices.into_iter().collect::<Vec<_>>()).await
}
