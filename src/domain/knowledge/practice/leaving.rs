//! A city that takes part in a programme no longer takes what is its own with it.
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use super::{
    Row,
    row::{Column, Entity, State},
};
use crate::{
    access::{Audience, Scope},
    base::{Id, Result},
    domain::city::City,
    store::Tx,
};

/// Whose people see it alone once its city does not take part in what it was shared with or handed in to; none where nothing changes.
fn narrowed(row: &Row, programmes: &[Uuid]) -> Option<Audience> {
    let (scope, programme) = row.audience.parts();
    let is_left =
        matches!(scope, Scope::Programme | Scope::Officers) && programme.is_some_and(|programme| !programmes.contains(&programme));
    is_left.then(|| match row.audience.second() {
        Some((second, id)) => Audience::of(second, id),
        None => Audience::of(Scope::City, row.city.uuid()),
    })
}

/// What a city shared with programmes of which it is none of any more is its own again, and is reviewed by none of them.
pub async fn leave_programmes(tx: &mut Tx<'_>, city: Id<City>, programmes: &[Uuid]) -> Result<()> {
    let shared = Column::Audience.starts_with("programme:").or(Column::Audience.starts_with("officers:"));
    let touched = tx.every::<Entity>().filter(Column::City.eq(city)).filter(shared.or(Column::ReviewProgramme.is_not_null()));
    for row in tx.all(touched.order_by_asc(Column::Id).lock_exclusive()).await? {
        let mut after = row.clone();
        if let Some(audience) = narrowed(&row, programmes) {
            after.audience = audience;
        }
        if row.review_programme.is_some_and(|programme| !programmes.contains(&programme.uuid())) {
            after.end_review();
            after.review_programme = None;
            if matches!(row.state, State::Submitted | State::InReview | State::Approved) {
                after.state = State::Draft;
            }
        }
        if after != row {
            tx.change(&row, after.derived(), &[]).await?;
        }
    }
    Ok(())
}
