//! Concluding an adoption.
use async_graphql::InputObject;

use super::{
    super::{Adoption, Row, life, row::Outcome},
    begin::{UNTOLD, begin, tell},
};
use crate::{kernel::prelude::write::*, relay::DateValue};

/// What `concludeAdoption` takes. Of the texts, those of the original, what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct ConcludeAdoptionInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
    /// What came of it.
    pub outcome: Outcome,
    /// The day, not before the last phase was reached; today where not given.
    pub concluded_on: Option<DateValue>,
    /// What it tells: `lessons` is needed, unless they are told already.
    #[graphql(flatten)]
    pub text: PartsInput<Adoption, text::Update>,
}

impl Command for ConcludeAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let before = begin(tx, &life::CONCLUDE, &self.target).await?;
        let on = self.concluded_on.map_or_else(|| tx.now().day(), |day| day.0);
        let mut after = Row { outcome: Some(self.outcome), concluded_on: Some(Json(on)), ..life::CONCLUDE.applied(&before) };
        let tells = match text::revise::<Adoption>(tx, &after, &self.text).await? {
            Some(revision) => {
                let tells = revision.will_tell("lessons");
                revision.save::<Adoption>(tx, &mut after).await?;
                tells
            }
            None => {
                let texts = text::translations_of(tx, before.id.uuid()).await?;
                texts.iter().any(|text| text.is_original && text.field("lessons").is_some())
            }
        };
        refuse_if(!tells, Code::Required, "input.lessons", UNTOLD)?;
        if let Some(row) = tx.change(&before, after.derived(), &[]).await? {
            tell(tx, &row, &life::OUTCOME_RECEIVED, row.owner).await?;
        }
        Ok(before.id)
    }
}
