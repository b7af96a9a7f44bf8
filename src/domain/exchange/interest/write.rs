//! Writing interests: the interested city expresses them and takes them back, the practice's city answers.
use async_graphql::{ID, InputObject};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Interest, Row, life,
    row::{Column, Entity, State},
};
use crate::{
    base::text::said,
    domain::{
        city::{self, City},
        practice::{Offer, Practice},
    },
    kernel::{life::begin, prelude::write::*},
};

/// What `expressInterest` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ExpressInterestInput {
    /// The practice.
    pub practice: ID,
    /// The city that would be a partner: one the viewer represents.
    pub city: ID,
    /// The language of the note; English where not given.
    pub language: Option<LanguageTag>,
    #[graphql(flatten)]
    pub new: New<Interest>,
}

/// What `acceptInterest` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptInterestInput {
    #[graphql(flatten)]
    pub target: Target<Interest>,
    /// What the city is told, up to 2,000 characters.
    pub answer: Option<String>,
}

/// What `declineInterest` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeclineInterestInput {
    #[graphql(flatten)]
    pub target: Target<Interest>,
    /// What the city is told, 1 to 2,000 characters.
    pub answer: String,
}

/// What `withdrawInterest` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawInterestInput {
    #[graphql(flatten)]
    pub target: Target<Interest>,
}

payload!(ExpressInterestPayload { interest: Interest }, "What `expressInterest` answers.", "The interest.");
payload!(AcceptInterestPayload { interest: Interest }, "What `acceptInterest` answers.", "The interest as it is now.");
payload!(DeclineInterestPayload { interest: Interest }, "What `declineInterest` answers.", "The interest as it is now.");
payload!(WithdrawInterestPayload { interest: Interest }, "What `withdrawInterest` answers.", "The interest as it is now.");

impl Command for ExpressInterestInput {
    type Output = Id<Interest>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Interest>> {
        let (practice, city) = (Id::<Practice>::parse(&self.practice, "input.practice")?, Id::<City>::parse(&self.city, "input.city")?);
        tx.may(Act::Write, &Owners::of_cities([city.uuid()]))?;
        let offer = Offer::seen(tx, practice, "input.practice").await?;
        let facts = city::facts_of(tx, city, "input.city").await?;
        let mut row = new_row!(tx.id(), String::new(), Audience::public(), {
            practice,
            owner: offer.city(),
            city,
            name: facts.name,
            language: self.language.clone().map_or_else(Language::english, |language| language.0),
            state: State::Expressed,
        });
        let standing = tx.every::<Entity>().filter(Column::Practice.eq(practice)).filter(Column::City.eq(city));
        let standing = tx.first(standing.filter(Column::State.is_in([State::Expressed, State::Accepted]))).await?;
        let told = format!("{} has said so already; wait for the answer, or `withdrawInterest` first.", row.name);
        refuse_if(standing.is_some(), Code::Taken, "input.city", told)?;
        // Of one's own practice nothing is said of places: there are none for oneself.
        if offer.city() != city {
            offer.is_in_time(tx, "input.practice")?;
            offer.has_place(tx, "input.practice").await?;
        }
        let title = format!("{} {}", row.name, offer.title());
        self.new.fill(tx, &mut row, Some(&title)).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

/// Answers an interest that waited for it.
async fn answer(tx: &mut Tx<'_>, before: &Row, state: State, answer: Option<String>) -> Done<Id<Interest>> {
    let after = Row { state, answer, answered_on: Some(Json(tx.now().day())), ..before.clone() };
    tx.change(before, after, &[]).await?;
    Ok(before.id)
}

impl Command for AcceptInterestInput {
    type Output = Id<Interest>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Interest>> {
        // The practice is held before the interest, as by whoever writes the practice: so none waits for the other.
        let named: Row = tx.seen(self.target.id()?, "input.id").await?;
        let offer = Offer::held(tx, named.practice).await?;
        let before: Row = begin(tx, &life::ACCEPT, &self.target).await?;
        offer.has_place(tx, "input.id").await?;
        answer(tx, &before, State::Accepted, said(self.answer.as_deref())).await
    }
}

impl Command for DeclineInterestInput {
    type Output = Id<Interest>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Interest>> {
        let before: Row = begin(tx, &life::DECLINE, &self.target).await?;
        let told = said(Some(&self.answer));
        refuse_if(told.is_none(), Code::Required, "input.answer", "Say why it is declined; the city reads it.")?;
        answer(tx, &before, State::Declined, told).await
    }
}

mutations!("InterestMutation" {
    /// Says that a city would be a partner in a practice of another one, which seeks partners and has places left. The representatives of the two cities see it
    /// and nobody else. For the interested city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, FULL, KEY_REUSED.
    express_interest(input: ExpressInterestInput) -> ExpressInterestPayload = input.new.idempotency_key => input,
    /// Takes a city as a partner: it has a place from then on. For the representatives of the practice's city and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, FULL, KEY_REUSED.
    accept_interest(input: AcceptInterestInput) -> AcceptInterestPayload = input.target.idempotency_key => input,
    /// Declines a city's interest, with an answer that it reads. For the representatives of the practice's city and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    decline_interest(input: DeclineInterestInput) -> DeclineInterestPayload = input.target.idempotency_key => input,
    /// Takes an interest back that waits for an answer or was accepted; a place that it had is free again. For the interested city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_interest(input: WithdrawInterestInput) -> WithdrawInterestPayload = input.target.idempotency_key => Step(input.target, &life::WITHDRAW),
});
