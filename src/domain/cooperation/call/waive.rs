//! Making exceptions for a city, and who may know of them.
use async_graphql::{Context, ID, InputObject, Object, Result};
use sea_orm::{ColumnTrait, sea_query::IntoCondition};

use super::{
    Call, Row,
    life::{WAIVE, WAIVED, WITHDRAW_WAIVER},
    row::{Column, Entity},
    waiver::{WaivableRule, Waiver},
};
use crate::{
    access::{Viewer, rule},
    domain::city::{self, City},
    kernel::{Living, life, prelude::write::*},
    relay::{self, DateValue},
};

impl Row {
    /// The exceptions that this viewer may know of: officers of its programme all, representatives those of their cities.
    pub(super) fn waivers_for(&self, viewer: &Viewer) -> impl Iterator<Item = &Waiver> {
        let sees_all = rule::may(viewer, Act::Govern, &self.owners());
        self.waivers.iter().filter(move |waiver| sees_all || viewer.cities.contains(&waiver.city))
    }
}

/// What `waiveEligibility` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WaiveEligibilityInput {
    #[graphql(flatten)]
    pub target: Target<Call>,
    /// The city that is let in.
    pub city: ID,
    /// The rule that does not hold for it.
    pub rule: WaivableRule,
    /// Why, 1 to 2,000 characters; kept, and read by the city and the programme's officers.
    pub reason: String,
}

impl Command for WaiveEligibilityInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let before: Row = life::begin(tx, &WAIVE, &self.target).await?;
        let city = Id::<City>::parse(&self.city, "input.city")?;
        city::facts_of(tx, city, "input.city").await?;
        let waiver = Waiver { city: city.uuid(), rule: self.rule, reason: life::reason(&self.reason, "waived")?, on: tx.now().day() };
        let mut waivers = before.waivers.0.clone();
        // A further reason takes the place of the one before.
        waivers.retain(|own| (own.city, own.rule) != (waiver.city, waiver.rule));
        waivers.push(waiver);
        keep(tx, &before, waivers, city).await?;
        Ok(before.id)
    }
}

/// What `withdrawEligibilityWaiver` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawEligibilityWaiverInput {
    #[graphql(flatten)]
    pub target: Target<Call>,
    /// The city.
    pub city: ID,
    /// The rule that holds for it again; what it handed in meanwhile stays handed in.
    pub rule: WaivableRule,
}

impl Command for WithdrawEligibilityWaiverInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let before: Row = life::begin(tx, &WITHDRAW_WAIVER, &self.target).await?;
        let city = Id::<City>::parse(&self.city, "input.city")?;
        let mut waivers = before.waivers.0.clone();
        waivers.retain(|own| (own.city, own.rule) != (city.uuid(), self.rule));
        let is_there = waivers.len() < before.waivers.len();
        refuse_if(!is_there, Code::NotFound, "input.city", "This rule was not waived for this city.")?;
        keep(tx, &before, waivers, city).await?;
        Ok(before.id)
    }
}

/// Keeps the exceptions of a call, and tells its officers and the city. The call is the same for everyone else: neither its version nor the moment of its last change tells of it.
async fn keep(tx: &mut Tx<'_>, call: &Row, waivers: Vec<Waiver>, city: Id<City>) -> Done<()> {
    tx.mark::<Entity>(Column::Id.eq(call.id).into_condition(), vec![(Column::Waivers, Json(waivers).into())]).await?;
    tx.log_between(
        call,
        &WAIVED,
        Audience::handed_in(call.programme.uuid(), city.uuid()),
        vec![call.id.uuid(), call.programme.uuid(), city.uuid()],
    );
    Ok(())
}

/// An exception in the graph.
pub struct EligibilityWaiver(pub(super) Waiver);

/// An exception that an officer made for a city.
#[Object]
impl EligibilityWaiver {
    /// The city.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<relay::Object<City>>> {
        Ok(ctx.load(Id::new(self.0.city)).await?)
    }

    /// The rule that does not hold for it.
    async fn rule(&self) -> WaivableRule {
        self.0.rule
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The day it was granted.
    async fn on(&self) -> DateValue {
        DateValue(self.0.on)
    }
}
