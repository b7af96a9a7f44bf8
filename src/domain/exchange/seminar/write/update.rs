//! Changing a seminar, but for its time and place.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{
        Row, Seminar,
        row::Format,
        text as parts,
        time::{self, Times},
    },
    input::{Linked, audience, to_change},
};
use crate::{
    base::{Error, Id, Result, link::may_lead},
    domain::{city::City, practice::Practice, theme::Theme},
    kernel::text,
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
    /// 1 to 300 characters.
    pub title: Option<String>,
    /// What will happen there, up to 20,000 characters; null forgets it.
    pub description: MaybeUndefined<String>,
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

    async fn change_text(&self, tx: &mut Tx<'_>, seminar: &mut Row) -> Result<()> {
        let input = &self.input;
        if input.title.is_none() && input.description.is_undefined() {
            return Ok(());
        }
        if let Some(title) = &input.title {
            seminar.title = title.trim().to_owned();
        }
        if !input.description.is_undefined() {
            seminar.description = input.description.as_opt_ref().flatten().cloned().unwrap_or_default();
        }
        let fields = parts::fields(&seminar.title, Some(&seminar.description));
        let refusals = parts::check(&fields, "input.");
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let texts = text::translations_of(tx, self.id.uuid()).await?;
        let saved = text::save_original(tx, self.id.uuid(), &seminar.language.clone(), fields, &texts).await?;
        seminar.text_version = saved.text_version;
        Ok(())
    }
}

impl Command for Update {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let input = &self.input;
        let before = to_change(tx, self.id, input.expected_version).await?;
        let mut after = before.clone();
        if let Some(kind) = input.kind {
            after.seminar_kind = kind;
        }
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        if !input.link.is_undefined() {
            after.link = input.link.as_opt_ref().flatten().cloned();
            may_lead(after.link.as_deref(), "input.link")?;
        }
        if !input.capacity.is_undefined() {
            after.capacity = input.capacity.as_opt_ref().flatten().copied().map(i64::from);
            time::places(after.capacity, before.registered, "input.capacity")?;
        }
        if !input.registration_closes_at.is_undefined() {
            after.registration_closes_at = input.registration_closes_at.as_opt_ref().flatten().map(|at| at.0);
            Times { starts_at: after.starts_at, ends_at: after.ends_at, registration_closes_at: after.registration_closes_at }
                .check("input.id", "input.registrationClosesAt")?;
        }
        if !input.share_with.is_undefined() {
            after.audience = audience(tx, before.host, input.share_with.as_opt_ref().flatten()).await?;
        }
        let links = self.linked.links(tx, self.id).await?;
        self.change_text(tx, &mut after).await?;
        tx.change(&before, after.derived(), &links).await?;
        Ok(self.id)
    }
}
