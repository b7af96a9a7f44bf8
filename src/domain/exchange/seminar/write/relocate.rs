//! Giving a seminar another time or place.
use async_graphql::{InputObject, MaybeUndefined};

use super::super::{
    Seminar,
    life::MOVE,
    time::{self, Times},
};
use crate::{
    base::text::said,
    kernel::{life, prelude::write::*},
    relay::DateTime,
};

/// What `moveSeminar` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct MoveSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// When it starts now.
    pub starts_at: Option<DateTime>,
    /// When it ends now; as long after the start as before where not given, not known where null.
    pub ends_at: MaybeUndefined<DateTime>,
    /// The time zone of the place, by its IANA name.
    pub time_zone: Option<String>,
    /// Where people meet now; null forgets it.
    pub place: MaybeUndefined<String>,
    /// Where people meet over the network now; null forgets it.
    pub link: MaybeUndefined<String>,
    /// When registration closes now; null lets it close with the start.
    pub registration_closes_at: MaybeUndefined<DateTime>,
}

payload!(MoveSeminarPayload { seminar: Seminar }, "What `moveSeminar` answers.", "The seminar as it is now.");

/// A text as it is kept: one that says nothing is forgotten.
fn kept(told: &MaybeUndefined<String>) -> MaybeUndefined<String> {
    match told {
        MaybeUndefined::Value(text) => said(Some(text)).map_or(MaybeUndefined::Null, MaybeUndefined::Value),
        other => other.clone(),
    }
}

impl Command for MoveSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before = life::begin(tx, &MOVE, &self.target).await?;
        let mut times =
            Times { starts_at: before.starts_at, ends_at: before.ends_at, registration_closes_at: before.registration_closes_at };
        if let Some(starts_at) = self.starts_at {
            times = times.moved_to(starts_at.0);
        }
        self.ends_at.map_value(|at| at.0).update_to(&mut times.ends_at);
        self.registration_closes_at.map_value(|at| at.0).update_to(&mut times.registration_closes_at);
        let mut after = before.clone();
        (after.starts_at, after.ends_at, after.registration_closes_at) = (times.starts_at, times.ends_at, times.registration_closes_at);
        put(&mut after.time_zone, self.time_zone.as_deref().map(|name| time::zone(name, "input.timeZone")).transpose()?);
        kept(&self.place).update_to(&mut after.place);
        kept(&self.link).update_to(&mut after.link);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
