//! Writing calls: the officers of the programme that calls.
use async_graphql::{ID, InputObject};
use uuid::Uuid;

use super::{
    Call, Row,
    assessment_rules::AssessmentRules,
    decide::DecideCallInput,
    life,
    row::State,
    rules::Rules,
    side::Side,
    version::Version as _,
    waive::{WaiveEligibilityInput, WithdrawEligibilityWaiverInput},
    weights::MatchWeights,
};
use crate::{
    domain::{
        city::{self, City},
        programme::Programme,
    },
    kernel::prelude::write::*,
};

/// What `createCall` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCallInput {
    /// The programme that calls.
    pub programme: ID,
    #[graphql(flatten)]
    pub new: New<Call>,
    /// The rules its pairings follow.
    pub rules: Rules,
    /// What counts how much when its applications are matched; the usual where not given.
    pub match_weights: Option<MatchWeights>,
    /// How its applications are assessed; nobody assesses them where not given.
    pub assessment_rules: Option<AssessmentRules>,
    /// Whether a city that applied is told who fits it, by `Call.matches`.
    #[graphql(default)]
    pub cities_see_matches: bool,
    /// Whether it never closes: cities apply at any time.
    #[graphql(default)]
    pub never_closes: bool,
}

/// What `updateCall` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCallInput {
    #[graphql(flatten)]
    pub change: Change<Call>,
    /// The rules, all anew: where they differ they are the next version. Pairings keep the version they agreed to until their cities accept a newer one.
    pub rules: Option<Rules>,
    /// What counts how much when its applications are matched, all anew: where it differs it is the next version.
    pub match_weights: Option<MatchWeights>,
    /// How its applications are assessed, all anew: where it differs it is the next version. What was begun keeps to the version it was begun by.
    pub assessment_rules: Option<AssessmentRules>,
    /// Whether a city that applied is told who fits it.
    pub cities_see_matches: Option<bool>,
    /// Whether it never closes: cities apply at any time.
    pub never_closes: Option<bool>,
}

payload!(CallPayload { call: Call }, "What the mutations of calls answer.", "The call as it is now.");

/// Refuses sides with cities that are not there.
async fn check_cities(tx: &Tx<'_>, sides: &[Side]) -> Done<()> {
    let named: Vec<Uuid> = sides.iter().flat_map(|side| side.cities.iter().copied()).collect();
    if named.is_empty() {
        return Ok(());
    }
    let known = city::facts_of_all(tx, &named).await?;
    for (index, side) in sides.iter().enumerate() {
        let unknown = side.cities.iter().enumerate().find(|(_, city)| known.iter().all(|found| found.id.uuid() != **city));
        if let Some((place, city)) = unknown {
            let message = format!("There is no city {} that you can see.", Id::<City>::new(*city));
            return refuse(Code::NotFound, format!("input.sides.{index}.cities.{place}"), message);
        }
    }
    Ok(())
}

impl Command for CreateCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        tx.may(Act::Govern, &Owners::of_programmes([programme.uuid()]))?;
        let id: Id<Call> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            programme,
            state: State::Announced,
            rules: Json(self.rules.clone().of_version(1, Some(tx.now().day()))),
            weights: Json(self.match_weights.clone().unwrap_or_default().of_version(1, Some(tx.now().day()))),
            assessment_rules: Json(self.assessment_rules.clone().unwrap_or_default().of_version(1, Some(tx.now().day()))),
            cities_see_matches: self.cities_see_matches,
            never_closes: self.never_closes,
        });
        self.new.fill(tx, &mut row, None).await?;
        check_cities(tx, &row.sides).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if let Some(rules) = &self.rules {
            after.revise_rules(rules, tx.now().day());
        }
        if let Some(weights) = &self.match_weights {
            after.revise_weights(weights, tx.now().day());
        }
        if let Some(rules) = &self.assessment_rules {
            after.revise_assessment_rules(rules, tx.now().day());
        }
        put(&mut after.cities_see_matches, self.cities_see_matches);
        put(&mut after.never_closes, self.never_closes);
        if after.sides != before.sides {
            check_cities(tx, &after.sides).await?;
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("CallMutation" {
    /// Announces a call. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_call(input: CreateCallInput) -> CallPayload = input.new.idempotency_key => input,
    /// Changes a call; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_call(input: UpdateCallInput) -> CallPayload = input.change.target.idempotency_key => input,
    /// Lets cities apply; a closed call is opened again where its last day has not passed. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    open_call(input: StepInput<Call>) -> CallPayload = input.target.idempotency_key => Step(input.target, &life::OPEN),
    /// Takes no more applications. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    close_call(input: StepInput<Call>) -> CallPayload = input.target.idempotency_key => Step(input.target, &life::CLOSE),
    /// Admits a city late, or although it has fewer inhabitants than the rules want; the reason is kept. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    waive_eligibility(input: WaiveEligibilityInput) -> CallPayload = input.target.idempotency_key => input,
    /// Takes back an exception that was made for a city; what it handed in meanwhile stays handed in. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_eligibility_waiver(input: WithdrawEligibilityWaiverInput) -> CallPayload = input.target.idempotency_key => input,
    /// Says that the cities of a closed call are chosen: each application was selected, put on the reserve list or declined. With an assignment all of it is
    /// done at once: its pairings are made, and each city is told what became of it. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    decide_call(input: DecideCallInput) -> CallPayload = input.target.idempotency_key => input,
});
