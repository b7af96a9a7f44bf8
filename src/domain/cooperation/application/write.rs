//! Writing applications: the representatives of the city.
use async_graphql::{ID, InputObject};
use uuid::Uuid;

use super::{
    Application, Row,
    eligibility::on_no_side,
    judge, life, read,
    row::{self, State},
};
use crate::{
    base::Refusal,
    domain::{
        call::{Call, CallState, Terms, side_of},
        city::{self, City},
        document,
        goal::Goal,
    },
    kernel::{
        Living,
        life::{begin, reason_if_told},
        prelude::write::*,
    },
    store::Record,
};

use super::decide::{
    DeclineApplicationInput, DeclineApplicationPayload, MatchApplicationInput, MatchApplicationPayload, ReserveApplicationInput,
    ReserveApplicationPayload, SelectApplicationInput, SelectApplicationPayload,
};

/// What `createApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateApplicationInput {
    /// The call it answers.
    pub call: ID,
    /// The city that applies.
    pub city: ID,
    #[graphql(flatten)]
    pub new: New<Application>,
    /// The language of the statement; English where not given.
    pub language: Option<LanguageTag>,
    /// How many partners the city can serve, 1 to 100.
    #[graphql(default = 1)]
    pub capacity: i64,
    /// The goals of the agendas it wants to serve.
    #[graphql(default)]
    pub goals: Vec<ID>,
    /// Cities it would like to work with.
    #[graphql(default)]
    pub preferred_cities: Vec<ID>,
    /// Cities it would not work with.
    #[graphql(default)]
    pub excluded_cities: Vec<ID>,
    /// Whether the city wants no partner to be sought for it.
    #[graphql(default)]
    pub opts_out_of_matching: bool,
}

/// What `updateApplication` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateApplicationInput {
    #[graphql(flatten)]
    pub change: Change<Application>,
    /// The language of the statement.
    pub language: Option<LanguageTag>,
    /// How many partners the city can serve, 1 to 100.
    pub capacity: Option<i64>,
    /// The goals it wants to serve, all anew.
    pub goals: Option<Vec<ID>>,
    /// Cities it would like to work with, all anew.
    pub preferred_cities: Option<Vec<ID>>,
    /// Cities it would not work with, all anew.
    pub excluded_cities: Option<Vec<ID>>,
    /// Whether the city wants no partner to be sought for it; once it was handed in `updateApplicationMatching` says so.
    pub opts_out_of_matching: Option<bool>,
}

/// What `submitApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SubmitApplicationInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
}

/// What `updateApplicationMatching` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateApplicationMatchingInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
    /// Whether the city wants no partner to be sought for it.
    pub opts_out: bool,
}

/// What `withdrawApplication` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawApplicationInput {
    #[graphql(flatten)]
    pub target: Target<Application>,
    /// Why, up to 2,000 characters, where the city tells it.
    pub reason: Option<String>,
}

payload!(CreateApplicationPayload { application: Application }, "What `createApplication` answers.", "The draft.");
payload!(UpdateApplicationPayload { application: Application }, "What `updateApplication` answers.", "The draft as it is now.");
payload!(SubmitApplicationPayload { application: Application }, "What `submitApplication` answers.", "The application as it is now.");
payload!(
    UpdateApplicationMatchingPayload { application: Application },
    "What `updateApplicationMatching` answers.",
    "The application as it is now."
);
payload!(WithdrawApplicationPayload { application: Application }, "What `withdrawApplication` answers.", "The application as it is now.");

/// What is said of a city that applied to a call already.
fn applied_already(name: &str) -> Refusal {
    Refusal::new(Code::Taken, "input.call", format!("{name} has an application to this call; change that one, or take it back first."))
}

impl CreateApplicationInput {
    /// The row of a draft, with the names of its city and call.
    async fn draft(&self, tx: &Tx<'_>) -> Done<(Row, String)> {
        let (call, city) = (Id::<Call>::parse(&self.call, "input.call")?, Id::<City>::parse(&self.city, "input.city")?);
        tx.may(Act::Write, &Owners::of_cities([city.uuid()]))?;
        let Some(terms) = Terms::of(tx, call).await? else {
            return refuse(Code::NotFound, "input.call", format!("There is no call {call} that you can see."));
        };
        let facts = city::facts_of(tx, city, "input.city").await?;
        let is_decided = terms.state() == CallState::Decided;
        refuse_if(is_decided, Code::WrongState, "input.call", "The call is decided; it takes no more applications.")?;
        let side = side_of(terms.sides(), city.uuid(), &facts.country).map(|side| side.name.clone());
        let is_astray = side.is_none() && !terms.sides().is_empty();
        refuse_if(is_astray, Code::BadInput, "input.city", on_no_side(&facts.name, terms.sides()))?;
        if read::has_applied(tx, call, city).await? {
            return Err(applied_already(&facts.name).into());
        }
        let title = format!("{} {}", facts.name, terms.name());
        let row = new_row!(tx.id(), String::new(), Audience::of(Scope::City, city.uuid()), {
            call,
            programme: terms.programme(),
            city,
            name: facts.name,
            side,
            state: State::Draft,
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
            capacity: self.capacity,
            opts_out_of_matching: self.opts_out_of_matching,
        });
        Ok((row, title))
    }
}

/// The links of an application: the themes of its lines, and what inputs name anew.
fn links(row: &Row, goals: Option<Vec<Uuid>>, preferred: Option<Vec<Uuid>>, excluded: Option<Vec<Uuid>>) -> Vec<Links> {
    let themes = Links { join: &row::THEMES, to: row.themes() };
    let given = [Links::given(&row::GOALS, goals), Links::given(&row::PREFERRED, preferred), Links::given(&row::EXCLUDED, excluded)];
    std::iter::once(themes).chain(given.into_iter().flatten()).collect()
}

impl Command for CreateApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let goals = refs::ids::<Goal>(&self.goals, "input.goals")?;
        let preferred = refs::ids::<City>(&self.preferred_cities, "input.preferredCities")?;
        let excluded = refs::ids::<City>(&self.excluded_cities, "input.excludedCities")?;
        let (mut row, title) = self.draft(tx).await?;
        self.new.fill(tx, &mut row, Some(&title)).await?;
        let row = row.derived();
        let links = links(&row, Some(goals), Some(preferred), Some(excluded));
        Ok(tx.create(row, &links).await?.id)
    }
}

impl Command for UpdateApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let goals = refs::given_ids::<Goal>(self.goals.as_ref(), "input.goals")?;
        let preferred = refs::given_ids::<City>(self.preferred_cities.as_ref(), "input.preferredCities")?;
        let excluded = refs::given_ids::<City>(self.excluded_cities.as_ref(), "input.excludedCities")?;
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        put(&mut after.language, self.language.clone().map(|tag| tag.0));
        put(&mut after.capacity, self.capacity);
        put(&mut after.opts_out_of_matching, self.opts_out_of_matching);
        let after = after.derived();
        let links = links(&after, goals, preferred, excluded);
        tx.change(&before, after, &links).await?;
        Ok(before.id)
    }
}

impl Command for SubmitApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let before: Row = begin(tx, &life::SUBMIT, &self.target).await?;
        let terms = judge::may_be_handed_in(tx, &before).await?;
        let mut after = before.clone();
        after.enter(State::Submitted);
        (after.submitted_at, after.rules_version) = (Some(tx.now()), Some(terms.rules().version));
        let after = after.derived();
        let (was, now) = (before.audience.clone(), after.audience.clone());
        tx.change(&before, after, &[]).await?;
        // What is published about it is handed in with it.
        document::widen(tx, before.id.uuid(), &was, &now).await?;
        Ok(before.id)
    }
}

impl Command for UpdateApplicationMatchingInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let before: Row = begin(tx, &life::UPDATE_MATCHING, &self.target).await?;
        tx.change(&before, Row { opts_out_of_matching: self.opts_out, ..before.clone() }, &[]).await?;
        Ok(before.id)
    }
}

impl Command for WithdrawApplicationInput {
    type Output = Id<Application>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Application>> {
        let before: Row = begin(tx, &life::WITHDRAW, &self.target).await?;
        let mut after = before.clone();
        after.enter(State::Withdrawn);
        after.withdrawn_reason = reason_if_told(self.reason.as_deref())?;
        after.reserve_position = None;
        tx.change(&before, after, &[]).await?;
        Ok(before.id())
    }
}

mutations!("ApplicationMutation" {
    /// Begins an application of a city to a call, as a draft that nobody else sees. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, KEY_REUSED.
    create_application(input: CreateApplicationInput) -> CreateApplicationPayload = input.new.idempotency_key => input,
    /// Changes a draft; what is left out stays as it is. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_application(input: UpdateApplicationInput) -> UpdateApplicationPayload = input.change.target.idempotency_key => input,
    /// Hands an application in: the programme's officers read it from then on. Refused with a sentence for each check of `eligibility` that fails. For the
    /// city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    submit_application(input: SubmitApplicationInput) -> SubmitApplicationPayload = input.target.idempotency_key => input,
    /// Says whether partners are sought for an application, also once it was handed in: one that opted out is in no `Call.matches` and in no assignment. For the
    /// city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_application_matching(input: UpdateApplicationMatchingInput) -> UpdateApplicationMatchingPayload = input.target.idempotency_key => input,
    /// Takes an application back, until its city is matched. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_application(input: WithdrawApplicationInput) -> WithdrawApplicationPayload = input.target.idempotency_key => input,
    /// Selects a city. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    select_application(input: SelectApplicationInput) -> SelectApplicationPayload = input.target.idempotency_key => input,
    /// Puts an application on the reserve list, with a reason that its city reads. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    reserve_application(input: ReserveApplicationInput) -> ReserveApplicationPayload = input.target.idempotency_key => input,
    /// Declines an application, with a reason that its city reads and no other. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    decline_application(input: DeclineApplicationInput) -> DeclineApplicationPayload = input.target.idempotency_key => input,
    /// Says that a selected city works with a partner: it is in a pairing of the call. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    match_application(input: MatchApplicationInput) -> MatchApplicationPayload = input.target.idempotency_key => input,
});
