//! Seeking partner cities for a practice, and seeking them no more.
use async_graphql::InputObject;

use super::super::{
    Practice, Row,
    life::{SEEK_PARTNERS, STOP_SEEKING_PARTNERS},
};
use crate::{
    base::text::said,
    domain::interest,
    kernel::{life, prelude::write::*},
    relay::DateValue,
};

/// What `seekPartners` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SeekPartnersInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
    /// The last day on which they are sought, by UTC; until further notice where not given.
    pub until: Option<DateValue>,
    /// For how many cities there are places, 1 to 100; no fewer than are taken.
    pub places: i64,
    /// What partners are told: what is offered and what is expected, up to 2,000 characters.
    pub note: Option<String>,
}

/// What `stopSeekingPartners` takes.
#[derive(Clone, Debug, InputObject)]
pub struct StopSeekingPartnersInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
}

payload!(SeekPartnersPayload { practice: Practice }, "What `seekPartners` answers.", "The practice as it is now.");
payload!(StopSeekingPartnersPayload { practice: Practice }, "What `stopSeekingPartners` answers.", "The practice as it is now.");

impl Command for SeekPartnersInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let before: Row = life::begin(tx, &SEEK_PARTNERS, &self.target).await?;
        let until = self.until.map(|day| day.0);
        let is_over = until.is_some_and(|day| day < tx.now().day());
        refuse_if(is_over, Code::BadInput, "input.until", "This day is over; name today or a later one, or leave it out.")?;
        let taken = interest::taken_at(tx, before.id).await?;
        let told = format!("Places that are taken: {taken}; offer as many at least.");
        refuse_if(self.places < taken, Code::BadInput, "input.places", told)?;
        let after =
            Row { seeks_places: Some(self.places), seeks_until: until.map(Json), seeks_note: said(self.note.as_deref()), ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for StopSeekingPartnersInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let before: Row = life::begin(tx, &STOP_SEEKING_PARTNERS, &self.target).await?;
        let after = Row { seeks_places: None, seeks_until: None, seeks_note: None, ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
