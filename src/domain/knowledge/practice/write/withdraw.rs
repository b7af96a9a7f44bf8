//! Withdrawing a practice.
use async_graphql::{ID, InputObject};

use super::super::{Practice, life::WITHDRAW, row::State};
use crate::kernel::{life, prelude::write::*};

/// What `withdrawPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawPracticeInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
    /// Why, 1 to 2,000 characters; everyone who could read the practice reads it.
    pub reason: String,
    /// What to read instead.
    pub successor: Option<ID>,
}

payload!(WithdrawPracticePayload { practice: Practice }, "What `withdrawPractice` answers.", "The tombstone.");

impl Command for WithdrawPracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let successor = refs::given(self.successor.as_ref(), "input.successor")?;
        let before = life::begin(tx, &WITHDRAW, &self.target).await?;
        let reason = life::reason(&self.reason, "withdrawn")?;
        let mut after = before.clone();
        after.state = State::Withdrawn;
        after.withdrawn_reason = Some(reason);
        after.successor = successor;
        // A tombstone waits for no reviewer and seeks nobody.
        after.end_review();
        (after.seeks_places, after.seeks_until, after.seeks_note) = (None, None, None);
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
