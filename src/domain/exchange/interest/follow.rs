//! What becomes of interests when their practice changes.
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Row,
    row::{Column, Entity, State},
};
use crate::{
    access::{Audience, Scope},
    base::{Id, Result},
    domain::{city::City, practice::Practice, sharing},
    store::{Json, Tx},
};

/// What is said where a city sees a practice no longer.
const HIDDEN: &str = "The practice is no longer shared with your city.";

/// Interests follow their practice, which is of this city and seen by these people now: those that wait for an answer are declined where it is withdrawn, or
/// their city does not see it any more; that of a city whose own it is now is over.
pub async fn follow(tx: &mut Tx<'_>, practice: Id<Practice>, owner: Id<City>, audience: &Audience, withdrawn: Option<&str>) -> Result<()> {
    let rows = tx.all(tx.every::<Entity>().filter(Column::Practice.eq(practice)).lock_exclusive()).await?;
    for row in rows {
        let mut after = Row { owner, ..row.clone() };
        if row.is_standing() && row.city == owner {
            after.state = State::Withdrawn;
        } else if row.state == State::Expressed {
            let is_hidden = !sharing::is_within(tx, &Audience::of(Scope::City, row.city.uuid()), audience).await?;
            if let Some(answer) = withdrawn.or_else(|| is_hidden.then_some(HIDDEN)) {
                (after.state, after.answer, after.answered_on) = (State::Declined, Some(answer.to_owned()), Some(Json(tx.now().day())));
            }
        }
        tx.change(&row, after.derived(), &[]).await?;
    }
    Ok(())
}
