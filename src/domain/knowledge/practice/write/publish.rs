//! Publishing a practice.
use async_graphql::InputObject;

use super::super::{Practice, life::PUBLISH, row::State};
use crate::kernel::{life, prelude::write::*};

/// What `publishPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct PublishPracticeInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
}

payload!(PublishPracticePayload { practice: Practice }, "What `publishPractice` answers.", "The published practice.");

impl Command for PublishPracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let before = life::begin(tx, &PUBLISH, &self.target).await?;
        let texts = text::translations_of(tx, before.id.uuid()).await?;
        let tells = texts.iter().any(|text| text.is_original && text.field("difficulties").is_some());
        refuse_if(
            !tells,
            Code::Required,
            "input.id",
            "Say what was hard: “difficulties” of the original is empty, and others learn most from it.",
        )?;
        let mut after = before.clone();
        after.state = State::Published;
        after.audience = Audience::public();
        if before.published_on.is_none() {
            after.published_on = Some(Json(tx.now().day()));
            after.published_at = tx.now();
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
