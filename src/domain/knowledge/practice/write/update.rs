//! Changing a practice.
use async_graphql::{ID, InputObject};

use super::super::{
    Practice, Row,
    life::UPDATE,
    row::{self, State},
};
use crate::{
    domain::{goal::Goal, sharing, theme::Theme},
    kernel::prelude::write::*,
};

/// What `updatePractice` takes; what is left out stays as it is. Texts are those of the original; for others use `translatePractice`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePracticeInput {
    #[graphql(flatten)]
    pub change: Change<Practice>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Practice, text::Update>,
    /// Its themes, all anew.
    pub themes: Option<Vec<ID>>,
    /// The goals it serves, all anew.
    pub goals: Option<Vec<ID>>,
    /// Who may see it: a pairing of the city, a programme it takes part in, or the city alone (its own id). Narrowing hides it from the others at once,
    /// in lists, search, feeds and past events. Widening to everyone is `publishPractice`.
    pub share_with: Option<ID>,
}

payload!(UpdatePracticePayload { practice: Practice }, "What `updatePractice` answers.", "The practice as it is now.");

impl UpdatePracticeInput {
    async fn change_text(&self, tx: &mut Tx<'_>, practice: &mut Row) -> Result<()> {
        let Some(revision) = text::revise::<Practice>(tx, practice, &self.text).await? else { return Ok(()) };
        let (was, now) = (revision.tells("difficulties"), revision.will_tell("difficulties"));
        refuse_if(
            practice.state == State::Published && was && !now,
            Code::Required,
            "input.difficulties",
            "A published practice tells what was hard.",
        )?;
        if !practice.reviews.is_empty() {
            practice.words_changed += revision.words_changed();
            practice.begin_review_anew();
            if practice.state == State::Published && practice.needs_review() && practice.submitted_at == row::NEVER {
                practice.submitted_at = tx.now();
            }
        }
        revision.save::<Practice>(tx, practice).await
    }
}

impl Command for UpdatePracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let themes = refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?;
        let goals = refs::given_ids::<Goal>(self.goals.as_ref(), "input.goals")?;
        let (before, mut after) = self.change.begin(tx, &UPDATE).await?;
        if self.share_with.is_some() {
            let is_in_review = matches!(before.state, State::Submitted | State::InReview);
            let told = "It is in review, and seen by whoever reviews it; share it otherwise once it was judged.";
            refuse_if(is_in_review, Code::WrongState, "input.shareWith", told)?;
            after.audience = sharing::draft_of(tx, before.city, self.share_with.as_ref(), "input.shareWith").await?;
        }
        self.change_text(tx, &mut after).await?;
        let links: Vec<Links> = [Links::given(&row::THEMES, themes), Links::given(&row::GOALS, goals)].into_iter().flatten().collect();
        tx.change(&before, after.derived(), &links).await?;
        Ok(before.id)
    }
}
