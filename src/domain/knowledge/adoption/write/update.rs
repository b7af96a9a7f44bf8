//! Changing an adoption, and coming further with it.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{
        Adoption, Row, life,
        row::{Phase, Reached, State},
    },
    begin::{UNTOLD, became, seen_version},
};
use crate::{
    domain::{practice::Practice, seminar::Seminar},
    kernel::{life as lives, prelude::write::*},
    relay::DateValue,
};

/// What `updateAdoption` takes; what is left out stays as it is. Texts are those of the original; for others use `translateAdoption`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateAdoptionInput {
    #[graphql(flatten)]
    pub change: Change<Adoption>,
    /// The version of the practice's original that was taken.
    pub practice_version: Option<i64>,
    /// The seminar where the city met the practice; null forgets it.
    pub seminar: MaybeUndefined<ID>,
    /// The practice of the city's own that came of it; null forgets it.
    pub becomes: MaybeUndefined<ID>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Adoption, text::Update>,
}

/// What `reachAdoptionPhase` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReachAdoptionPhaseInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
    /// The phase: one after the present one.
    pub phase: Phase,
    /// The day; today where not given.
    pub reached_on: Option<DateValue>,
}

impl Command for UpdateAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let seminar = refs::changed::<Seminar>(&self.seminar, "input.seminar")?;
        let becomes = refs::changed::<Practice>(&self.becomes, "input.becomes")?;
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if let Some(version) = self.practice_version.filter(|version| *version != before.practice_version) {
            after.practice_version = seen_version(tx, before.practice, version).await?;
        }
        if !seminar.is_undefined() {
            after.seminar = seminar.take();
        }
        if !becomes.is_undefined() {
            after.becomes = becomes.take();
            became(tx, after.becomes, before.city).await?;
        }
        if let Some(revision) = text::revise::<Adoption>(tx, &after, &self.text).await? {
            let is_untold = before.state == State::Concluded && !revision.will_tell("lessons");
            refuse_if(is_untold, Code::Required, "input.lessons", UNTOLD)?;
            revision.save::<Adoption>(tx, &mut after).await?;
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

impl Command for ReachAdoptionPhaseInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let before: Row = lives::begin(tx, &life::REACH_PHASE, &self.target).await?;
        let mut after = before.clone();
        let on = self.reached_on.map_or_else(|| tx.now().day(), |day| day.0);
        after.phases.0.push(Reached { phase: self.phase, on: Some(on) });
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
