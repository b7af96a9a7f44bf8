//! What becomes of applications: the officers of the programme decide.
use async_graphql::InputObject;

use super::{Application, Row, life, row::State};
use crate::{
    domain::pairing,
    kernel::{
        Living, Move,
        life::{begin, reason, reason_if_told},
        prelude::write::*,
    },
};

/// What `selectApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SelectApplicationInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
    /// Why, up to 2,000 characters; its city reads it.
    pub reason: Option<String>,
}

/// What `reserveApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReserveApplicationInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
    /// Why, 1 to 2,000 characters; its city reads it.
    pub reason: String,
    /// Its place on the list, from 1; none where the list has no order.
    pub position: Option<i64>,
}

/// What `declineApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeclineApplicationInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
    /// Why, 1 to 2,000 characters; its city reads it and no other.
    pub reason: String,
}

/// What `matchApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct MatchApplicationInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
}

payload!(SelectApplicationPayload { application: Application }, "What `selectApplication` answers.", "The application as it is now.");
payload!(ReserveApplicationPayload { application: Application }, "What `reserveApplication` answers.", "The application as it is now.");
payload!(DeclineApplicationPayload { application: Application }, "What `declineApplication` answers.", "The application as it is now.");
payload!(MatchApplicationPayload { application: Application }, "What `matchApplication` answers.", "The application as it is now.");

/// The row before and after a decision, which is of today and of this reason.
async fn decided(tx: &Tx<'_>, what: &Move<Row>, target: &Target<Application>, reason: Option<String>) -> Done<(Row, Row)> {
    let before: Row = begin(tx, what, target).await?;
    let mut after = what.applied(&before);
    (after.decided_on, after.reason, after.reserve_position) = (Some(Json(tx.now().day())), reason, None);
    Ok((before, after))
}

impl Command for SelectApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let (before, mut after) = decided(tx, &life::SELECT, &self.target, None).await?;
        after.reason = reason_if_told(self.reason.as_deref())?;
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for ReserveApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let (before, mut after) = decided(tx, &life::RESERVE, &self.target, None).await?;
        after.reason = Some(reason(&self.reason, life::RESERVE.done)?);
        let is_place = self.position.is_none_or(|position| (1..=1_000_000).contains(&position));
        refuse_if(!is_place, Code::BadInput, "input.position", "Places on the list count from 1.")?;
        after.reserve_position = self.position;
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for DeclineApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let (before, mut after) = decided(tx, &life::DECLINE, &self.target, None).await?;
        after.reason = Some(reason(&self.reason, life::DECLINE.done)?);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for MatchApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let before: Row = begin(tx, &life::MATCH, &self.target).await?;
        let is_paired = pairing::is_paired(tx, before.call, before.city).await?;
        let message = format!("{} is in no pairing of this call yet; `createPairing` first.", before.name);
        refuse_if(!is_paired, Code::WrongState, "input.id", message)?;
        let mut after = before.clone();
        after.enter(State::Matched);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
