//! Writing involvements: whoever writes for what they are about.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    Involvement, Row, TAKES, life,
    row::{Phase, State, Support},
};
use crate::{
    base::{Id, Result as Done},
    domain::{about, organisation::Organisation, person::Person, sharing},
    kernel::life::{self as lives, Step},
    mutations, new_row, payload,
    relay::{DateValue, NodeType, Target, put, refs},
    store::{Command, Json, Record, Tx},
};

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
    #[graphql(flatten)]
    pub target: Target<Involvement>,
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
}

/// What `activateInvolvement`, `declineInvolvement` and `leaveInvolvement` take.
#[derive(Clone, Debug, InputObject)]
pub struct InvolvementStepInput {
    #[graphql(flatten)]
    pub target: Target<Involvement>,
}

payload!(
    /// What the mutations of involvements answer.
    InvolvementPayload {
        /// The involvement as it is now.
        involvement: Involvement
    }
);

impl Command for InvolveOrganisationInput {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let subject = about::read(&self.about, "input.about", TAKES)?;
        let organisation = Id::<Organisation>::parse(&self.organisation, "input.organisation")?;
        let contact = refs::given::<Person>(self.contact.as_ref(), "input.contact")?;
        let (parent, belonging) = about::begin(tx, subject).await?;
        let organisation: <Organisation as NodeType>::Row = tx.seen(organisation, "input.organisation").await?;
        let shared = sharing::below(tx, &parent, self.share_with.as_ref(), true, "input.shareWith").await?;
        let id: Id<Involvement> = tx.id();
        let name = organisation.title().to_owned();
        // It tells the organisation's name, so nobody sees it who may not see that.
        let audience = sharing::both(tx, &shared, organisation.audience(), parent.owners.cities.first().copied()).await?;
        let row = new_row!(id, tx.slug::<Row>(None, &name, id).await?, audience, {
            organisation: organisation.id(),
            name,
            about_kind: subject.kind.to_owned(),
            about: subject.id,
            phases: Json(self.phases.clone()),
            role: self.role.clone(),
            support: Json(self.support.clone()),
            from: self.from.map(|day| Json(day.0)),
            to: self.to.map(|day| Json(day.0)),
            contact,
            state: if self.is_active { State::Active } else { State::Invited },
            belongs: Json(belonging.belongs),
            owners: Json(parent.owners),
        });
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for UpdateInvolvementInput {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let before = lives::begin(tx, &life::UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.phases, self.phases.clone().map(Json));
        put(&mut after.support, self.support.clone().map(Json));
        self.role.clone().update_to(&mut after.role);
        self.from.map_value(|day| Json(day.0)).update_to(&mut after.from);
        self.to.map_value(|day| Json(day.0)).update_to(&mut after.to);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

mutations!("InvolvementMutation" {
    /// Notes that an organisation takes part in something, or invites it. For those who write for that thing.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TOO_WIDE, KEY_REUSED.
    involve_organisation(input: InvolveOrganisationInput) -> InvolvementPayload = input.idempotency_key => input,
    /// Changes an involvement; what is left out stays as it is. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_involvement(input: UpdateInvolvementInput) -> InvolvementPayload = input.target.idempotency_key => input,
    /// Says that an invited organisation takes part. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    activate_involvement(input: InvolvementStepInput) -> InvolvementPayload = input.target.idempotency_key => Step(input.target, &life::ACTIVATE),
    /// Says that an invited organisation would not take part. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    decline_involvement(input: InvolvementStepInput) -> InvolvementPayload = input.target.idempotency_key => Step(input.target, &life::DECLINE),
    /// Says that an organisation takes part no longer. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    leave_involvement(input: InvolvementStepInput) -> InvolvementPayload = input.target.idempotency_key => Step(input.target, &life::LEAVE),
});
