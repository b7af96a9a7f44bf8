//! What the city that gave a practice says of what another one made of it.
use async_graphql::InputObject;

use super::{
    super::{Adoption, Row, life},
    begin::tell,
};
use crate::{
    base::text::said,
    kernel::{life as lives, prelude::write::*},
};

/// What `answerAdoption` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerAdoptionInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
    /// What is said, 1 to 2,000 characters; everyone who sees the adoption reads it.
    pub answer: String,
}

impl Command for AnswerAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let before: Row = lives::begin(tx, &life::ANSWER, &self.target).await?;
        let answer = said(Some(&self.answer));
        refuse_if(answer.is_none(), Code::Required, "input.answer", "Say something; the city that took the practice up reads it.")?;
        let after = Row { answer, answered_on: Some(Json(tx.now().day())), ..before.clone() };
        if let Some(row) = tx.change(&before, after, &[]).await? {
            tell(tx, &row, &life::ANSWER_RECEIVED, row.city).await?;
        }
        Ok(before.id)
    }
}
