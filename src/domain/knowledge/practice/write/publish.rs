//! Publishing a practice.
use async_graphql::InputObject;

use super::super::{Practice, life::PUBLISH, row::State};
use super::ready::{refuse_unreviewed, refuse_untold};
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
        let before = life::begin_any_version(tx, &PUBLISH, self.target.id()?).await?;
        refuse_unreviewed(tx, &before).await?;
        tx.expect(&before, self.target.expected_version)?;
        refuse_untold(tx, &before).await?;
        let mut after = before.clone();
        after.state = State::Published;
        after.audience = Audience::public();
        after.end_review();
        if before.published_on.is_none() {
            after.published_on = Some(Json(tx.now().day()));
            after.published_at = tx.now();
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
