//! Writing involvements: whoever writes for what they are about.
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use uuid::Uuid;

use super::{
    Involvement, Row, life,
    row::{Phase, State, Support},
};
use crate::{
    access::Act,
    base::{Code, Id, Moment, Result as Done, refuse},
    domain::{about, organisation::Organisation, person::Person, sharing},
    kernel::life::{self as lives, Move},
    payload,
    relay::{DateValue, NodeType, context::Asking},
    store::{Command, Json, Record, Tx},
};

/// What an organisation can take part in, as a refusal says it.
pub(super) const ABOUT: &str = "An organisation takes part in a city, pairing, practice, programme or seminar; give its id.";

/// What `involveOrganisation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct InvolveOrganisationInput {
    /// The organisation.
    pub organisation: ID,
    /// The city, pairing, practice, programme or seminar it takes part in.
    pub about: ID,
    /// In which phases of the work, one at least.
    pub phases: Vec<Phase>,
    /// As what, up to 300 characters.
    pub role: Option<String>,
    /// What it gives.
    #[graphql(default)]
    pub support: Vec<Support>,
    /// The first day.
    pub from: Option<DateValue>,
    /// The last day.
    pub to: Option<DateValue>,
    /// Who speaks for the organisation here.
    pub contact: Option<ID>,
    /// Whether it takes part already; else it is invited.
    #[graphql(default)]
    pub is_active: bool,
    /// Who may see it, no more than see what it is about: all of those where not given.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateInvolvement` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateInvolvementInput {
    /// The involvement.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// In which phases of the work, all anew.
    pub phases: Option<Vec<Phase>>,
    /// As what; null forgets it.
    pub role: MaybeUndefined<String>,
    /// What it gives, all anew.
    pub support: Option<Vec<Support>>,
    /// The first day; null forgets it.
    pub from: MaybeUndefined<DateValue>,
    /// The last day; null forgets it.
    pub to: MaybeUndefined<DateValue>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `activateInvolvement`, `declineInvolvement` and `leaveInvolvement` take.
#[derive(Clone, Debug, InputObject)]
pub struct InvolvementStepInput {
    /// The involvement.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What the mutations of involvements answer.
    InvolvementPayload {
        /// The involvement as it is now.
        involvement: Involvement
    }
);

struct Involve {
    input: InvolveOrganisationInput,
    organisation: Id<Organisation>,
    about: (&'static str, Uuid),
    contact: Option<Id<Person>>,
}

impl Involve {
    fn read(input: InvolveOrganisationInput) -> Done<Self> {
        let Some(about) = about::parse(&input.about) else { return refuse(Code::BadInput, "input.about", ABOUT) };
        Ok(Self {
            organisation: Id::parse(&input.organisation, "input.organisation")?,
            about,
            contact: input.contact.as_ref().map(|id| Id::parse(id, "input.contact")).transpose()?,
            input,
        })
    }
}

impl Command for Involve {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let input = &self.input;
        let (kind, about) = self.about;
        let Some(parent) = about::parent_facts(tx, kind, about).await? else {
            return refuse(Code::NotFound, "input.about", format!("There is no {kind} {} that you can see.", input.about.as_str()));
        };
        tx.may(Act::Write, &parent.owners)?;
        let organisation: <Organisation as NodeType>::Row = tx.seen(self.organisation, "input.organisation").await?;
        let known = about::known_of(tx, kind, &[about]).await?.remove(&about).unwrap_or_default();
        let id: Id<Involvement> = tx.id();
        let name = organisation.title().to_owned();
        let row = Row {
            id,
            slug: tx.slug::<Row>(None, &name, id).await?,
            version: 0,
            audience: sharing::below(tx, &parent, input.share_with.as_ref(), true, "input.shareWith").await?,
            created_at: Moment(0),
            updated_at: Moment(0),
            organisation: self.organisation,
            name,
            about_kind: kind.to_owned(),
            about,
            phases: Json(input.phases.clone()),
            role: input.role.clone(),
            support: Json(input.support.clone()),
            from: input.from.map(|day| Json(day.0)),
            to: input.to.map(|day| Json(day.0)),
            contact: self.contact,
            state: if input.is_active { State::Active } else { State::Invited },
            belongs: Json(known.belongs),
            owners: Json(parent.owners),
        };
        Ok(tx.create(row, &[]).await?.id)
    }
}

struct Update {
    input: UpdateInvolvementInput,
    id: Id<Involvement>,
}

impl Update {
    fn read(input: UpdateInvolvementInput) -> Done<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Update {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let input = &self.input;
        let before = lives::begin(tx, &life::UPDATE, self.id, input.expected_version).await?;
        let mut after = before.clone();
        if let Some(phases) = &input.phases {
            after.phases = Json(phases.clone());
        }
        if let Some(support) = &input.support {
            after.support = Json(support.clone());
        }
        if !input.role.is_undefined() {
            after.role = input.role.as_opt_ref().flatten().cloned();
        }
        if !input.from.is_undefined() {
            after.from = input.from.as_opt_ref().flatten().map(|day| Json(day.0));
        }
        if !input.to.is_undefined() {
            after.to = input.to.as_opt_ref().flatten().map(|day| Json(day.0));
        }
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}

/// One step of an involvement's life.
struct Step {
    input: InvolvementStepInput,
    id: Id<Involvement>,
    what: &'static Move<Row>,
}

impl Step {
    fn read(input: InvolvementStepInput, what: &'static Move<Row>) -> Done<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input, what })
    }
}

impl Command for Step {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let before = lives::begin(tx, self.what, self.id, self.input.expected_version).await?;
        let after = Row { state: self.what.to.unwrap_or(before.state), ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}

/// The involvements' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "InvolvementMutation")]
impl Mutation {
    /// Notes that an organisation takes part in something, or invites it. For those who write for that thing.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TOO_WIDE, KEY_REUSED.
    async fn involve_organisation(&self, ctx: &Context<'_>, input: InvolveOrganisationInput) -> Result<InvolvementPayload> {
        let done = ctx.submit("involveOrganisation", input.idempotency_key.clone(), input, Involve::read).await;
        InvolvementPayload::of(ctx, done).await
    }

    /// Changes an involvement; what is left out stays as it is. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn update_involvement(&self, ctx: &Context<'_>, input: UpdateInvolvementInput) -> Result<InvolvementPayload> {
        let done = ctx.submit("updateInvolvement", input.idempotency_key.clone(), input, Update::read).await;
        InvolvementPayload::of(ctx, done).await
    }

    /// Says that an invited organisation takes part. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn activate_involvement(&self, ctx: &Context<'_>, input: InvolvementStepInput) -> Result<InvolvementPayload> {
        let read = |input| Step::read(input, &life::ACTIVATE);
        let done = ctx.submit("activateInvolvement", input.idempotency_key.clone(), input, read).await;
        InvolvementPayload::of(ctx, done).await
    }

    /// Says that an invited organisation would not take part. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn decline_involvement(&self, ctx: &Context<'_>, input: InvolvementStepInput) -> Result<InvolvementPayload> {
        let read = |input| Step::read(input, &life::DECLINE);
        let done = ctx.submit("declineInvolvement", input.idempotency_key.clone(), input, read).await;
        InvolvementPayload::of(ctx, done).await
    }

    /// Says that an organisation takes part no longer. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn leave_involvement(&self, ctx: &Context<'_>, input: InvolvementStepInput) -> Result<InvolvementPayload> {
        let read = |input| Step::read(input, &life::LEAVE);
        let done = ctx.submit("leaveInvolvement", input.idempotency_key.clone(), input, read).await;
        InvolvementPayload::of(ctx, done).await
    }
}
