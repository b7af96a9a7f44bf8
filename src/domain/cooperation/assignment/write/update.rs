//! Changing a draft: its settings, after which all is reckoned anew; or its pairs by hand.
use std::fmt;

use async_graphql::{Context, InputObject};

use super::super::{
    Assignment, Row, life,
    outcome::{Settings, Tie},
    pair::{self, AssignmentTieInput},
    row::State,
};
use super::{
    propose::{cost, score},
    reckoned::{Attempt, Reckoned, attempt, taken},
};
use crate::{
    access::rule,
    domain::call::Terms,
    kernel::{Living, life::begin, prelude::write::*},
};

/// What `updateAssignment` takes; what is left out stays as it is. Where more than the note is told all is reckoned anew, by the applications and weights of now.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateAssignmentInput {
    #[graphql(flatten)]
    pub change: Change<Assignment>,
    /// The lowest score, 0 to 100, of pairs that are made, unless they must be.
    pub minimum_score: Option<i32>,
    /// How many points each who has no partner takes off the value of the whole, 0 to 100,000.
    pub alone_cost: Option<i32>,
    /// Pairs that must be, all anew.
    pub must: Option<Vec<AssignmentTieInput>>,
    /// Pairs that must not be, all anew.
    pub must_not: Option<Vec<AssignmentTieInput>>,
    /// All pairs, by hand: these and no others. Where it is left out pairs that were settled by hand give way to the best.
    pub pairs: Option<Vec<AssignmentTieInput>>,
}

/// What `swapAssignmentPairs` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SwapAssignmentPairsInput {
    #[graphql(flatten)]
    pub target: Target<Assignment>,
    /// A pair of the draft.
    pub first: AssignmentTieInput,
    /// Another pair of it.
    pub second: AssignmentTieInput,
}

/// The draft as it was read with its call, where its viewer may change it and has seen this version of it.
async fn draft(ctx: &Context<'_>, target: &Target<Assignment>) -> Done<Option<(Row, Terms)>> {
    let Some(found) = ctx.load(target.id()?).await? else { return Ok(None) };
    let row = found.0.0.clone();
    let is_seen = target.expected_version.is_none_or(|version| i64::from(version) == row.version);
    let is_open = row.state == State::Draft && rule::may(&ctx.viewer(), Act::Govern, &row.owners());
    let Some(call) = ctx.load(row.call).await?.filter(|_| is_seen && is_open) else { return Ok(None) };
    Ok(Some((row, Terms::of_node(&call.0))))
}

impl UpdateAssignmentInput {
    /// Whether more than the note is told.
    const fn is_reckoned(&self) -> bool {
        self.minimum_score.is_some() || self.alone_cost.is_some() || self.must.is_some() || self.must_not.is_some() || self.pairs.is_some()
    }

    fn settings(&self, before: &Settings) -> Done<Settings> {
        let ties = |given: &Option<Vec<AssignmentTieInput>>, path: &str, before: &[Tie]| match given {
            Some(given) => pair::read(given, path),
            None => Ok(before.to_vec()),
        };
        Ok(Settings {
            minimum_score: self.minimum_score.map_or(Ok(before.minimum_score), score)?,
            alone_cost: self.alone_cost.map_or(Ok(before.alone_cost), cost)?,
            must: ties(&self.must, "input.must", &before.must)?,
            must_not: ties(&self.must_not, "input.mustNot", &before.must_not)?,
            ..before.clone()
        })
    }

    async fn reckon(&self, ctx: &Context<'_>) -> Done<Option<Reckoned>> {
        if !self.is_reckoned() {
            return Ok(None);
        }
        let Some((row, terms)) = draft(ctx, &self.change.target).await? else { return Ok(None) };
        let by_hand = self.pairs.as_ref().map(|pairs| pair::read(pairs, "input.pairs")).transpose()?;
        Ok(Some(Reckoned::of(ctx, &terms, self.settings(&row.settings)?, by_hand, Some(row.version)).await?))
    }
}

impl SwapAssignmentPairsInput {
    async fn reckon(&self, ctx: &Context<'_>) -> Done<Option<Reckoned>> {
        let Some((row, terms)) = draft(ctx, &self.target).await? else { return Ok(None) };
        let told = pair::read(&[self.first.clone(), self.second.clone()], "input")?;
        let mut ties: Vec<Tie> = row.outcome.pairs.iter().map(|pair| pair.tie).collect();
        let mut places = [0; 2];
        for (at, (tie, path)) in places.iter_mut().zip(told.iter().zip(["input.first", "input.second"])) {
            let Some(place) = ties.iter().position(|own| own == tie) else {
                return refuse(Code::BadInput, path, "This is no pair of the assignment.");
            };
            *at = place;
        }
        let [first, second] = places;
        (ties[first].right, ties[second].right) = (ties[second].right, ties[first].right);
        Ok(Some(Reckoned::of(ctx, &terms, row.settings.0.clone(), Some(ties), Some(row.version)).await?))
    }
}

/// A change with what was reckoned.
pub struct Revise<I> {
    input: I,
    reckoned: Attempt,
}

/// What was asked for, which tells requests apart.
impl<I: fmt::Debug> fmt::Debug for Revise<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.input.fmt(f)
    }
}

impl Revise<UpdateAssignmentInput> {
    pub async fn of(ctx: &Context<'_>, input: UpdateAssignmentInput) -> Done<Self> {
        Ok(Self { reckoned: attempt(input.reckon(ctx).await)?, input })
    }
}

impl Revise<SwapAssignmentPairsInput> {
    pub async fn of(ctx: &Context<'_>, input: SwapAssignmentPairsInput) -> Done<Self> {
        Ok(Self { reckoned: attempt(input.reckon(ctx).await)?, input })
    }
}

/// Puts what was reckoned into a draft.
async fn revise(tx: &Tx<'_>, attempt: &Attempt, row: &mut Row) -> Done<()> {
    let Some(terms) = Terms::held(tx, row.call).await? else { return refuse(Code::NotFound, "input.id", "Its call is not there.") };
    taken(attempt)?.put(tx, &terms, row).await
}

impl Command for Revise<UpdateAssignmentInput> {
    type Output = Id<Assignment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assignment>> {
        let (before, mut after) = self.input.change.begin(tx, &life::UPDATE).await?;
        if self.input.is_reckoned() {
            revise(tx, &self.reckoned, &mut after).await?;
        }
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for Revise<SwapAssignmentPairsInput> {
    type Output = Id<Assignment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assignment>> {
        let before: Row = begin(tx, &life::UPDATE, &self.input.target).await?;
        let mut after = before.clone();
        revise(tx, &self.reckoned, &mut after).await?;
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
