//! Changing a seminar, but for its time and place.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{Row, Seminar, life::UPDATE, row::Format},
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
    relay::{DateTime, refs},
    store::{Command, Tx},
};

/// What `updateSeminar` takes; what is left out stays as it is. Texts are those of the original; for others use `translateSeminar`, for time and
/// place `moveSeminar`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSeminarInput {
    /// The seminar.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
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
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `updateSeminar` answers.
    UpdateSeminarPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

/// The command.
pub struct Update {
    input: UpdateSeminarInput,
    id: Id<Seminar>,
    linked: Linked,
}

impl Update {
    /// Reads the ids of the input.
    pub fn read(input: UpdateSeminarInput) -> Result<Self> {
        Ok(Self {
            id: Id::parse(&input.id, "input.id")?,
            linked: Linked {
                cities: input.cities.as_deref().map(|list| refs::ids::<City>(list, "input.cities")).transpose()?,
                practices: input.practices.as_deref().map(|list| refs::ids::<Practice>(list, "input.practices")).transpose()?,
                themes: input.themes.as_deref().map(|list| refs::ids::<Theme>(list, "input.themes")).transpose()?,
            },
            input,
        })
    }
}

impl Command for Update {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let input = &self.input;
        let before = life::begin(tx, &UPDATE, self.id, input.expected_version).await?;
        let mut after = before.clone();
        if let Some(kind) = input.kind {
            after.seminar_kind = kind;
        }
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        if !input.link.is_undefined() {
            after.link = input.link.as_opt_ref().flatten().cloned();
        }
        if !input.capacity.is_undefined() {
            after.capacity = input.capacity.as_opt_ref().flatten().copied().map(i64::from);
        }
        if !input.registration_closes_at.is_undefined() {
            after.registration_closes_at = input.registration_closes_at.as_opt_ref().flatten().map(|at| at.0);
        }
        if !input.share_with.is_undefined() {
            after.audience = audience(tx, before.host, input.share_with.as_opt_ref().flatten()).await?;
        }
        let links = self.linked.links(tx, self.id).await?;
        if let Some(revision) = text::revise(tx, &after, &input.text).await? {
            revision.save::<Seminar>(tx, &mut after).await?;
        }
        tx.change(&before, after.derived(), &links).await?;
        Ok(self.id)
    }
}
