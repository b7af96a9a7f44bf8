//! Changing a seminar, but for its time and place.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{Seminar, life::UPDATE, row::Format},
    input::{Linked, audience},
};
use crate::{
    base::{Id, Result},
    domain::{city::City, practice::Practice, theme::Theme},
    kernel::{
        life,
        text::{self, PartsInput},
    },
    payload,
    relay::{DateTime, Target, put, refs},
    store::{Command, Tx},
};

/// What `updateSeminar` takes; what is left out stays as it is. Texts are those of the original; for others use `translateSeminar`, for time and
/// place `moveSeminar`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// What sort of exchange it is.
    pub kind: Option<Format>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Seminar, text::Update>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// Where people meet over the network; null forgets it.
    pub link: MaybeUndefined<String>,
    /// Places in all, no fewer than are taken; null lifts the limit.
    pub capacity: MaybeUndefined<i32>,
    /// When registration closes; null lets it close with the start.
    pub registration_closes_at: MaybeUndefined<DateTime>,
    /// The cities that take part, all anew.
    pub cities: Option<Vec<ID>>,
    /// The practices presented there, all anew.
    pub practices: Option<Vec<ID>>,
    /// Its themes, all anew.
    pub themes: Option<Vec<ID>>,
    /// Who may see it: a pairing of the host, a programme it takes part in, or the host alone (its own id); null opens it to everyone. Narrowing
    /// hides it from the others at once, in lists, search, feeds and past events.
    pub share_with: MaybeUndefined<ID>,
}

payload!(
    /// What `updateSeminar` answers.
    UpdateSeminarPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

impl Command for UpdateSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let linked = Linked {
            cities: refs::given_ids::<City>(self.cities.as_ref(), "input.cities")?,
            practices: refs::given_ids::<Practice>(self.practices.as_ref(), "input.practices")?,
            themes: refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?,
        };
        let before = life::begin(tx, &UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.seminar_kind, self.kind);
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        self.link.clone().update_to(&mut after.link);
        self.capacity.map_value(i64::from).update_to(&mut after.capacity);
        self.registration_closes_at.map_value(|at| at.0).update_to(&mut after.registration_closes_at);
        if !self.share_with.is_undefined() {
            after.audience = audience(tx, before.host, self.share_with.as_opt_ref().flatten()).await?;
        }
        let links = linked.links(tx, before.id).await?;
        text::change(tx, &mut after, &self.text).await?;
        tx.change(&before, after.derived(), &links).await?;
        Ok(before.id)
    }
}
