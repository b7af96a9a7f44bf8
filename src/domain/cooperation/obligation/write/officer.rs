//! What officers decide: to do without an obligation, to have it owed again, to give more time.
use async_graphql::InputObject;
use hansa_obligations as law;

use super::{
    super::{Obligation, facts::Known, life},
    begin::begin,
};
use crate::{
    domain::pairing::{self, Postponement, Waiver},
    kernel::{life as lives, prelude::write::*},
    relay::DateValue,
};

/// What `waiveObligation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WaiveObligationInput {
    #[graphql(flatten)]
    pub target: Target<Obligation>,
    /// Why, 1 to 2,000 characters.
    pub reason: String,
}

/// What `reinstateObligation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReinstateObligationInput {
    #[graphql(flatten)]
    pub target: Target<Obligation>,
    /// Why, 1 to 2,000 characters.
    pub reason: String,
}

/// What `postponeObligation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct PostponeObligationInput {
    #[graphql(flatten)]
    pub target: Target<Obligation>,
    /// The last day to do it then, later than the one it has.
    pub until: DateValue,
    /// Why, 1 to 2,000 characters.
    pub reason: String,
}

impl Command for WaiveObligationInput {
    type Output = Id<Obligation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Obligation>> {
        let row = begin(tx, &life::WAIVE, &self.target).await?;
        let (on, reason) = (tx.now().day(), lives::reason(&self.reason, "waived")?);
        let waiver = Waiver { obligation: row.what.clone(), on, reason, reinstated_on: None, reinstated_reason: None };
        let add = |decisions: &mut pairing::Decisions| {
            decisions.waivers.push(waiver);
            Ok(())
        };
        pairing::decide(tx, row.pairing, add).await?;
        Ok(row.id)
    }
}

impl Command for ReinstateObligationInput {
    type Output = Id<Obligation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Obligation>> {
        let row = begin(tx, &life::REINSTATE, &self.target).await?;
        let (on, reason) = (tx.now().day(), lives::reason(&self.reason, "owed again")?);
        let take_back = |decisions: &mut pairing::Decisions| {
            for waiver in decisions.waivers.iter_mut().filter(|one| one.obligation == row.what && one.reinstated_on.is_none()) {
                (waiver.reinstated_on, waiver.reinstated_reason) = (Some(on), Some(reason.clone()));
            }
            Ok(())
        };
        pairing::decide(tx, row.pairing, take_back).await?;
        Ok(row.id)
    }
}

impl Command for PostponeObligationInput {
    type Output = Id<Obligation>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Obligation>> {
        let row = begin(tx, &life::POSTPONE, &self.target).await?;
        let (on, until, reason) = (tx.now().day(), self.until.0, lives::reason(&self.reason, "postponed")?);
        let Ok(key) = row.what.parse::<law::Key>() else {
            return refuse(Code::WrongState, "input.id", "It is owed no more.");
        };
        let promises = pairing::promises_of(tx, &[row.pairing.uuid()]).await?;
        let known = Known::of(tx, &promises).await?;
        for promise in &promises {
            let wanted = law::Postponement { key: key.clone(), on, until, reason: reason.clone() };
            let refused = law::may_postpone(&known.facts(promise), &known.rules(promise), &wanted).err();
            refuse_if(refused.is_some(), Code::BadInput, "input.until", refused.unwrap_or_default())?;
        }
        let postponement = Postponement { obligation: row.what.clone(), on, until, reason };
        let add = |decisions: &mut pairing::Decisions| {
            decisions.postponements.push(postponement);
            Ok(())
        };
        pairing::decide(tx, row.pairing, add).await?;
        Ok(row.id)
    }
}
