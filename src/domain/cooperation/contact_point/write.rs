//! Writing contact points: the officers of their programme.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{ContactPoint, Row, life};
use crate::{
    domain::sharing,
    kernel::{Living, prelude::write::*},
};

/// What `createContactPoint` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateContactPointInput {
    #[graphql(flatten)]
    pub new: New<ContactPoint>,
    /// Who may see it: the programme (its id). Everyone where not given.
    pub share_with: Option<ID>,
}

/// What `updateContactPoint` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateContactPointInput {
    #[graphql(flatten)]
    pub change: Change<ContactPoint>,
    /// Who may see it: the programme (its id); null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(
    ContactPointPayload { contact_point: ContactPoint },
    "What the mutations of contact points answer.",
    "The contact point as it is now."
);

impl Command for CreateContactPointInput {
    type Output = Id<ContactPoint>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<ContactPoint>> {
        let mut row = new_row!(tx.id(), String::new(), Audience::public(), {});
        self.new.columns.put(&mut row)?;
        tx.may(Act::Govern, &row.owners())?;
        row.audience = sharing::of_programme(row.programme, self.share_with.as_ref())?;
        self.new.fill(tx, &mut row, None).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateContactPointInput {
    type Output = Id<ContactPoint>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<ContactPoint>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if !self.share_with.is_undefined() {
            after.audience = sharing::of_programme(before.programme, self.share_with.as_opt_ref().flatten())?;
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("ContactPointMutation" {
    /// Names a contact point of a programme; where its address is not known it says so. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    create_contact_point(input: CreateContactPointInput) -> ContactPointPayload = input.new.idempotency_key => input,
    /// Changes a contact point; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, TOO_WIDE, KEY_REUSED.
    update_contact_point(input: UpdateContactPointInput) -> ContactPointPayload = input.change.target.idempotency_key => input,
});
