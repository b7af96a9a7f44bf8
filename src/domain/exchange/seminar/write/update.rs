//! Changing a seminar, but for its time and place.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{Seminar, life::UPDATE, registration, row::Format},
    input::{Linked, audience},
};
use crate::{
    domain::{city::City, goal::Goal, practice::Practice, theme::Theme},
    kernel::{Living, prelude::write::*},
};

/// What `updateSeminar` takes; what is left out stays as it is. Texts are those of the original; for others use `translateSeminar`, for time and
/// place `moveSeminar`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSeminarInput {
    #[graphql(flatten)]
    pub change: Change<Seminar>,
    /// What sort of exchange it is.
    pub kind: Option<Format>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Seminar, text::Update>,
    /// The cities that take part, all anew.
    pub cities: Option<Vec<ID>>,
    /// The practices presented there, all anew.
    pub practices: Option<Vec<ID>>,
    /// Its themes, all anew.
    pub themes: Option<Vec<ID>>,
    /// The goals it serves, all anew.
    pub goals: Option<Vec<ID>>,
    /// Who may see it: a pairing of the host, a programme it takes part in, or the host alone (its own id); null opens it to everyone. Narrowing
    /// hides it from the others at once, in lists, search, feeds and past events.
    pub share_with: MaybeUndefined<ID>,
}

payload!(UpdateSeminarPayload { seminar: Seminar }, "What `updateSeminar` answers.", "The seminar as it is now.");

impl Command for UpdateSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let linked = Linked {
            cities: refs::given_ids::<City>(self.cities.as_ref(), "input.cities")?,
            practices: refs::given_ids::<Practice>(self.practices.as_ref(), "input.practices")?,
            themes: refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?,
            goals: refs::given_ids::<Goal>(self.goals.as_ref(), "input.goals")?,
        };
        let (before, mut after) = self.change.begin(tx, &UPDATE).await?;
        put(&mut after.seminar_kind, self.kind);
        if !self.share_with.is_undefined() {
            after.audience = audience(tx, &before.owners(), self.share_with.as_opt_ref().flatten()).await?;
        }
        let links = linked.links();
        text::change(tx, &mut after, &self.text).await?;
        if let Some(after) = tx.change(&before, after.derived(), &links).await? {
            // More places: who waited longest has them first.
            registration::move_up(tx, &before, after.capacity.map(|capacity| capacity - before.registered)).await?;
        }
        Ok(before.id)
    }
}
