//! What becomes of building blocks when their practice changes.
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Row,
    row::{Column, Entity, State},
};
use crate::{
    access::Audience,
    base::{Id, Result},
    domain::{city::City, practice::Practice},
    store::Tx,
};

/// Building blocks follow the practice they are part of: they are this city's, seen by these people, and withdrawn where it was, for this reason.
pub async fn follow(tx: &mut Tx<'_>, practice: Id<Practice>, city: Id<City>, audience: &Audience, withdrawn: Option<&str>) -> Result<()> {
    let rows = tx.all(tx.every::<Entity>().filter(Column::Practice.eq(practice)).lock_exclusive()).await?;
    for row in rows {
        let mut after = Row { city, audience: audience.clone(), ..row.clone() };
        if let (Some(reason), State::Active) = (withdrawn, row.state) {
            (after.state, after.withdrawn_reason) = (State::Withdrawn, Some(reason.to_owned()));
        }
        tx.change(&row, after, &[]).await?;
    }
    Ok(())
}
