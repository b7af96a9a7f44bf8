//! Proposing a seminar to its host, and the host's answer.
use async_graphql::{ID, InputObject};

use super::{
    super::{Row, Seminar, life, row::State},
    input::{Holder, Outline, audience, oneself},
};
use crate::{
    access::rule,
    kernel::{Living, life::begin, prelude::write::*},
};

/// What `proposeSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeSeminarInput {
    #[graphql(flatten)]
    pub outline: Outline,
}

/// What `acceptSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// Who may see it from then on: a pairing of the host, a programme it takes part in, or the host alone (its own id). Everyone where not given.
    pub share_with: Option<ID>,
}

/// What `retractSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RetractSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// Why, 1 to 2,000 characters; everyone who sees the proposal reads it.
    pub reason: String,
}

payload!(ProposeSeminarPayload { seminar: Seminar }, "What `proposeSeminar` answers.", "The proposed seminar.");
payload!(AcceptSeminarPayload { seminar: Seminar }, "What `acceptSeminar` answers.", "The seminar, which is scheduled.");
payload!(RetractSeminarPayload { seminar: Seminar }, "What `retractSeminar` answers.", "The cancelled seminar.");

impl Command for ProposeSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let person = oneself(tx)?;
        let holder = Holder::read(tx, &self.outline.host, self.outline.programme.as_ref()).await?;
        // Seen by those through whom it is proposed, of whom the host is one.
        let mut said = new_row!(Id::new(uuid::Uuid::nil()), String::new(), Audience::public(), {});
        self.outline.new.columns.put(&mut said)?;
        let pairing = said.pairing.map(|pairing| ID(pairing.to_string()));
        let through = pairing.or_else(|| holder.programme.map(|programme| ID(programme.to_string())));
        refuse_if(through.is_none(), Code::Required, "input.programme", "Name the programme or the pairing through which you propose it.")?;
        let audience = audience(tx, &holder.owners(), through.as_ref()).await?;
        let told = "A seminar is proposed by members of the pairing or programme that it belongs to.";
        refuse_if(!rule::admits(tx.viewer(), &audience), Code::Forbidden, "input.programme", told)?;
        self.outline.begin(tx, holder, audience, Some(person)).await
    }
}

impl Command for AcceptSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before: Row = begin(tx, &life::ACCEPT, &self.target).await?;
        let audience = audience(tx, &before.owners(), self.share_with.as_ref()).await?;
        let after = Row { state: State::Scheduled, audience, ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
