//! Writing involvements: whoever writes for what they are about.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{Involvement, Row, TAKES, life, row::State};
use crate::{
    domain::{about, organisation::Organisation, sharing},
    kernel::{ParentFacts, prelude::write::*},
    relay::NodeType,
    store::Record,
};

/// What `involveOrganisation` takes.
#[derive(Clone, Debug, InputObject)]
pub struct InvolveOrganisationInput {
    /// The organisation.
    pub organisation: ID,
    /// The application, city, pairing, practice, programme or seminar it takes part in.
    pub about: ID,
    #[graphql(flatten)]
    pub new: New<Involvement>,
    /// Whether it takes part already; else it is invited.
    #[graphql(default)]
    pub is_active: bool,
    /// Who may see it, no more than see what it is about: all of those where not given.
    pub share_with: Option<ID>,
}

/// What `updateInvolvement` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateInvolvementInput {
    #[graphql(flatten)]
    pub change: Change<Involvement>,
    /// Who may see it, no more than see what it is about and the organisation; null opens it to all of those.
    pub share_with: MaybeUndefined<ID>,
}

payload!(InvolvementPayload { involvement: Involvement }, "What the mutations of involvements answer.", "The involvement as it is now.");

/// Those it is shared with, as far as they see what it is about; it tells the organisation's name, so nobody sees it who may not see that.
async fn shared(tx: &Tx<'_>, parent: &ParentFacts, organisation: &Audience, with: Option<&ID>) -> Done<Audience> {
    let shared = sharing::below(tx, parent, with, true, "input.shareWith").await?;
    sharing::both(tx, &shared, organisation, parent.owners.cities.first().copied()).await
}

impl Command for InvolveOrganisationInput {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let subject = about::read(&self.about, "input.about", TAKES)?;
        let organisation = Id::<Organisation>::parse(&self.organisation, "input.organisation")?;
        let (parent, belonging) = about::begin(tx, subject).await?;
        let organisation: <Organisation as NodeType>::Row = tx.seen(organisation, "input.organisation").await?;
        let audience = shared(tx, &parent, organisation.audience(), self.share_with.as_ref()).await?;
        let mut row = new_row!(tx.id(), String::new(), audience, {
            organisation: organisation.id(),
            name: organisation.title().to_owned(),
            about_kind: subject.kind.to_owned(),
            about: subject.id,
            state: if self.is_active { State::Active } else { State::Invited },
            belongs: Json(belonging.belongs),
            owners: Json(parent.owners),
        });
        self.new.fill(tx, &mut row, None).await?;
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for UpdateInvolvementInput {
    type Output = Id<Involvement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Involvement>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if !self.share_with.is_undefined() {
            // Whoever writes for a thing sees it.
            let Some(parent) = about::parent_facts(tx, &before.about_kind, before.about).await? else {
                return refuse(Code::NotFound, "input.id", "What it is about is not there.");
            };
            let organisation: <Organisation as NodeType>::Row = tx.seen(before.organisation, "input.id").await?;
            after.audience = shared(tx, &parent, organisation.audience(), self.share_with.as_opt_ref().flatten()).await?;
        }
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

mutations!("InvolvementMutation" {
    /// Notes that an organisation takes part in something, or invites it. For those who write for that thing.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    involve_organisation(input: InvolveOrganisationInput) -> InvolvementPayload = input.new.idempotency_key => input,
    /// Changes an involvement; what is left out stays as it is. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    update_involvement(input: UpdateInvolvementInput) -> InvolvementPayload = input.change.target.idempotency_key => input,
    /// Says that an invited organisation takes part. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    activate_involvement(input: StepInput<Involvement>) -> InvolvementPayload = input.target.idempotency_key => Step(input.target, &life::ACTIVATE),
    /// Says that an invited organisation would not take part. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    decline_involvement(input: StepInput<Involvement>) -> InvolvementPayload = input.target.idempotency_key => Step(input.target, &life::DECLINE),
    /// Says that an organisation takes part no longer. For those who write for what it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    leave_involvement(input: StepInput<Involvement>) -> InvolvementPayload = input.target.idempotency_key => Step(input.target, &life::LEAVE),
});
