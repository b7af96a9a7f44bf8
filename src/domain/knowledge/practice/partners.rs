//! That a city seeks partner cities for a practice: what everyone is told of it, and what whoever wants a place has to know.
use std::collections::HashMap;

use async_graphql::{Context, Object, Result};
use jiff::civil::Date;
use sea_orm::{
    Condition, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Row,
    node::Practice,
    row::{Column, Entity, State},
    taken_up::Source,
};
use crate::{
    base::{Code, Id, Result as Done, refuse, refuse_if},
    domain::{city::City, interest},
    relay::{DateValue, context::Asking},
    store::{Json, Tx},
};

/// That a city seeks partner cities for one of its practices.
pub struct PartnersSought(Row);

impl PartnersSought {
    /// What a practice says of it; none where it seeks none.
    pub(super) fn of(row: &Row) -> Option<Self> {
        row.seeks_places.map(|_| Self(row.clone()))
    }
}

/// That a city seeks partner cities for one of its practices. Others answer by `expressInterest`.
#[Object]
impl PartnersSought {
    /// The last day on which it seeks them, by UTC; null until further notice.
    async fn until(&self) -> Option<DateValue> {
        self.0.seeks_until.as_ref().map(|day| DateValue(day.0))
    }

    /// For how many cities there are places in all.
    async fn places(&self) -> i64 {
        self.0.seeks_places.unwrap_or_default()
    }

    /// What partners are told: what is offered and what is expected.
    async fn note(&self) -> Option<&str> {
        self.0.seeks_note.as_deref()
    }

    /// How many places are left; whose the others are only the two cities know.
    async fn places_left(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.left(ctx).await?)
    }

    /// Whether a city can express its interest now: the last day has not passed, and places are left.
    async fn is_open(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(!is_over(&self.0, ctx.now().day()) && self.left(ctx).await? > 0)
    }
}

impl PartnersSought {
    async fn left(&self, ctx: &Context<'_>) -> Done<i64> {
        Ok(std::cmp::max(self.0.seeks_places.unwrap_or_default() - interest::taken(ctx, self.0.id).await?, 0))
    }
}

/// Whether the last day on which a practice seeks partners has passed.
fn is_over(row: &Row, today: Date) -> bool {
    row.seeks_until.as_ref().is_some_and(|day| day.0 < today)
}

/// The practices that seek partners today and have places left.
pub(super) fn seeking(today: Date) -> Condition {
    let in_time = Condition::any().add(Column::SeeksUntil.is_null()).add(Column::SeeksUntil.gte(Json(today)));
    let taken = interest::count_at(Expr::col((Entity, Column::Id)));
    let has_places = Expr::col((Entity, Column::SeeksPlaces)).gt(Expr::SubQuery(None, Box::new(taken.into())));
    Condition::all().add(Column::SeeksPlaces.is_not_null()).add(in_time).add(has_places)
}

/// A practice for which partners may be sought, or that another city takes up, held until the transaction ends: of two who want the last place one waits for the other.
pub struct Offer(Row);

impl Offer {
    /// The one of this id, as the viewer sees it.
    pub async fn seen(tx: &Tx<'_>, practice: Id<Practice>, path: &str) -> Done<Self> {
        Ok(Self(tx.locked(practice, path).await?))
    }

    /// The same whoever sees it: a city that was accepted may see it no longer, and gives its place back.
    pub async fn held(tx: &Tx<'_>, practice: Id<Practice>) -> Done<Self> {
        match tx.first(tx.every::<Entity>().filter(Column::Id.eq(practice)).lock_exclusive()).await? {
            Some(row) => Ok(Self(row)),
            None => refuse(Code::NotFound, "input.id", "The practice is not there."),
        }
    }

    /// Whose it is.
    pub const fn city(&self) -> Id<City> {
        self.0.city
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// As those know it that take it up.
    pub fn source(&self) -> Source {
        Source::of(&self.0)
    }

    /// Refuses where it was withdrawn.
    pub fn refuse_withdrawn(&self, path: &str) -> Done<()> {
        let is_withdrawn = self.0.state == State::Withdrawn;
        refuse_if(is_withdrawn, Code::WrongState, path, "It was withdrawn, and nobody takes it up any more; see its `successor`.")
    }

    /// Refuses where the last day has passed.
    pub fn is_in_time(&self, tx: &Tx<'_>, path: &str) -> Done<()> {
        let until = self.0.seeks_until.as_ref().map(|day| day.0.to_string()).unwrap_or_default();
        refuse_if(is_over(&self.0, tx.now().day()), Code::WrongState, path, format!("It sought partners until {until}."))
    }

    /// Refuses where it seeks no partners, or no place is left.
    pub async fn has_place(&self, tx: &Tx<'_>, path: &str) -> Done<()> {
        let Some(places) = self.0.seeks_places else {
            return refuse(Code::WrongState, path, "It seeks no partners; its city says so by `seekPartners`.");
        };
        let is_full = interest::taken_at(tx, self.0.id).await? >= places;
        refuse_if(
            is_full,
            Code::Full,
            path,
            format!("Places that are taken: {places} of {places}; the city offers more by `seekPartners`."),
        )
    }
}

/// The cities of these practices, as the transaction's viewer sees them: one statement.
pub async fn cities_of(tx: &Tx<'_>, practices: &[Uuid]) -> Done<HashMap<Uuid, Id<City>>> {
    Ok(tx.by_ids::<Row>(practices).await?.into_iter().map(|row| (row.id.uuid(), row.city)).collect())
}
