//! Writing assessments: officers ask, assessors judge.
use async_graphql::{ID, InputObject};

use super::{Assessment, Row, life, panel, score};
use crate::{
    base::text::said,
    domain::{
        application::{Application, ApplicationState},
        call::{AssessmentRules, Terms},
        person::Person,
    },
    kernel::{
        Move,
        life::{begin, reason},
        prelude::write::*,
    },
    relay::NodeType,
    store::Record,
};

/// What `requestAssessment` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RequestAssessmentInput {
    /// The application: one that waits for a decision, or is on the reserve list.
    pub application: ID,
    /// Who shall assess it: an officer of the programme who does not speak for the city.
    pub assessor: ID,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `declareAssessorInterest` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeclareAssessorInterestInput {
    #[graphql(flatten)]
    pub target: Target<Assessment>,
    /// Whether you have an interest in the application: then you do not judge it.
    pub has_interest: bool,
    /// Which, up to 2,000 characters; needed where you have one. Its officers read it.
    pub interest: Option<String>,
}

/// What `submitAssessment` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SubmitAssessmentInput {
    #[graphql(flatten)]
    pub target: Target<Assessment>,
}

/// What `revealAssessments` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RevealAssessmentsInput {
    /// One of those that are in.
    #[graphql(flatten)]
    pub target: Target<Assessment>,
}

/// What `withdrawAssessment` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawAssessmentInput {
    #[graphql(flatten)]
    pub target: Target<Assessment>,
    /// Why, 1 to 2,000 characters.
    pub reason: String,
}

payload!(AssessmentPayload { assessment: Assessment }, "What the mutations of assessments answer.", "The assessment as it is now.");

/// The row a command is about, and all of its application, which nobody changes before the transaction ends.
async fn begin_in_panel(tx: &Tx<'_>, what: &Move<Row>, target: &Target<Assessment>) -> Done<(Row, Vec<Row>)> {
    let seen: Row = tx.seen(target.id()?, "input.id").await?;
    // The application first, for everybody: two who hand in at once wait for each other in one order.
    let (_, panel) = panel::held(tx, seen.application, "input.id").await?;
    Ok((begin(tx, what, target).await?, panel))
}

async fn rules_of(tx: &Tx<'_>, row: &Row) -> Done<AssessmentRules> {
    let terms = Terms::of(tx, row.call).await?;
    match terms.as_ref().and_then(|terms| terms.assessment_rules_of(Some(row.rules_version))) {
        Some(rules) => Ok(rules.clone()),
        None => refuse(Code::NotFound, "input.id", "The rules of assessment it keeps to are not there."),
    }
}

/// Saves one, and reveals all where with it all are in.
async fn settle(tx: &mut Tx<'_>, before: &Row, after: Row, panel: Vec<Row>) -> Done<()> {
    let wanted = usize::try_from(rules_of(tx, before).await?.assessors).unwrap_or(0);
    let saved = tx.change(before, after.clone(), &[]).await?.unwrap_or(after);
    let panel: Vec<Row> = panel.into_iter().map(|row| if row.id == before.id { saved.clone() } else { row }).collect();
    if panel::is_complete(&panel, wanted) { panel::reveal(tx, panel).await } else { Ok(()) }
}

impl Command for RequestAssessmentInput {
    type Output = Id<Assessment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assessment>> {
        let application = Id::<Application>::parse(&self.application, "input.application")?;
        let assessor = Id::<Person>::parse(&self.assessor, "input.assessor")?;
        let (facts, panel) = panel::held(tx, application, "input.application").await?;
        tx.may(Act::Govern, &Owners::of_programmes([facts.programme.uuid()]))?;
        let named: <Person as NodeType>::Row = tx.seen(assessor, "input.assessor").await?;
        let waits = matches!(facts.state, ApplicationState::Submitted | ApplicationState::Reserve);
        let message = "Applications are assessed while they wait for a decision, or are on the reserve list.";
        refuse_if(!waits, Code::WrongState, "input.application", message)?;
        let terms = Terms::held(tx, facts.call).await?;
        let version = panel.first().map(|first| first.rules_version);
        let rules = terms.as_ref().and_then(|terms| terms.assessment_rules_of(version));
        let wanted = rules.map_or(0, |rules| usize::try_from(rules.assessors).unwrap_or(0));
        let message = "Nobody assesses the applications to this call; say by how many and by which criteria first: `assessmentRules` of `updateCall`.";
        refuse_if(wanted == 0, Code::WrongState, "input.application", message)?;
        let is_over = panel.iter().any(|row| row.is_revealed);
        refuse_if(is_over, Code::WrongState, "input.application", "All assessments of it are in, and were read; nobody else is asked.")?;
        let message = format!("It has as many assessors as its call wants: {wanted}. Withdraw one first.");
        refuse_if(panel::seats(&panel).count() >= wanted, Code::WrongState, "input.application", message)?;
        let id: Id<Assessment> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::of(Scope::Officers, facts.programme.uuid()), {
            application,
            call: facts.call,
            programme: facts.programme,
            assessor,
            rules_version: rules.map_or(1, |rules| rules.version),
            name: facts.name,
        });
        row.slug = tx.slug::<Row>(None, &format!("{} {}", row.name, named.title()), id).await?;
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for DeclareAssessorInterestInput {
    type Output = Id<Assessment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assessment>> {
        let what = if self.has_interest { &life::RECUSE } else { &life::BEGIN };
        let (before, panel) = begin_in_panel(tx, what, &self.target).await?;
        let interest = said(self.interest.as_deref());
        let message = "Say which interest you have.";
        refuse_if(self.has_interest && interest.is_none(), Code::Required, "input.interest", message)?;
        let message = "Who has no interest declares none; leave it out, or say that you have one.";
        refuse_if(!self.has_interest && interest.is_some(), Code::BadInput, "input.interest", message)?;
        let after = Row { interest, declared_on: Some(Json(tx.now().day())), ..what.applied(&before) };
        settle(tx, &before, after, panel).await?;
        Ok(before.id)
    }
}

impl Command for SubmitAssessmentInput {
    type Output = Id<Assessment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assessment>> {
        let (before, panel) = begin_in_panel(tx, &life::SUBMIT, &self.target).await?;
        let score = score::score(&before.verdicts, &rules_of(tx, &before).await?);
        let after = Row { submitted_at: Some(tx.now()), score: Some(score), ..life::SUBMIT.applied(&before) };
        settle(tx, &before, after, panel).await?;
        Ok(before.id)
    }
}

/// Takes back what was handed in, before anybody else has read it.
#[derive(Debug)]
pub struct Reopen(Target<Assessment>);

impl Command for Reopen {
    type Output = Id<Assessment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assessment>> {
        let (before, _) = begin_in_panel(tx, &life::REOPEN, &self.0).await?;
        let after = Row { submitted_at: None, score: None, ..life::REOPEN.applied(&before) };
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for RevealAssessmentsInput {
    type Output = Id<Assessment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assessment>> {
        let (before, panel) = begin_in_panel(tx, &life::REVEAL, &self.target).await?;
        let message = "Somebody has not handed in yet; withdraw what they were asked for first.";
        refuse_if(panel::is_writing(&panel), Code::WrongState, "input.id", message)?;
        panel::reveal(tx, panel).await?;
        Ok(before.id)
    }
}

impl Command for WithdrawAssessmentInput {
    type Output = Id<Assessment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assessment>> {
        let (before, panel) = begin_in_panel(tx, &life::WITHDRAW, &self.target).await?;
        let after = Row { withdrawn_reason: Some(reason(&self.reason, life::WITHDRAW.done)?), ..life::WITHDRAW.applied(&before) };
        settle(tx, &before, after, panel).await?;
        Ok(before.id)
    }
}

mutations!("AssessmentMutation" {
    /// Asks an officer of the programme to assess an application, as many as the call's rules of assessment want. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, TAKEN, WRONG_STATE, KEY_REUSED.
    request_assessment(input: RequestAssessmentInput) -> AssessmentPayload = input.idempotency_key => input,
    /// Declares whether you have an interest in an application you were asked to assess: without one you judge it, with one you do not. For its assessor.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    declare_assessor_interest(input: DeclareAssessorInterestInput) -> AssessmentPayload = input.target.idempotency_key => input,
    /// Writes what you think of an application; what is left out stays as it is. Nobody else reads it before all assessments are in. For its assessor.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_assessment(input: UpdateInput<Assessment>) -> AssessmentPayload = input.0.target.idempotency_key => Edit(input.0, &life::UPDATE),
    /// Hands in what you think, with a verdict by each criterion. When the last one is in, the officers read all of them. For its assessor.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    submit_assessment(input: SubmitAssessmentInput) -> AssessmentPayload = input.target.idempotency_key => input,
    /// Takes back what you handed in, to change it, until all are in. For its assessor.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    reopen_assessment(input: StepInput<Assessment>) -> AssessmentPayload = input.target.idempotency_key => Reopen(input.target),
    /// Has the officers read what is in although fewer assessed than the call wants; nobody else is asked then. Refused while somebody is still writing. For
    /// officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    reveal_assessments(input: RevealAssessmentsInput) -> AssessmentPayload = input.target.idempotency_key => input,
    /// Takes back, with a reason, that an application is assessed by somebody. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_assessment(input: WithdrawAssessmentInput) -> AssessmentPayload = input.target.idempotency_key => input,
});
