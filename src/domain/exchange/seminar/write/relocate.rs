//! Giving a seminar another time or place.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{
        Seminar,
        life::MOVE,
        time::{self, Times},
    },
    input::Linked,
};
use crate::{
    base::{Id, Result},
    kernel::life,
    payload,
    relay::DateTime,
    store::{Command, Tx},
};

/// What `moveSeminar` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct MoveSeminarInput {
    /// The seminar.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
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
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `moveSeminar` answers.
    MoveSeminarPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

/// The command.
pub struct Move {
    input: MoveSeminarInput,
    id: Id<Seminar>,
}

impl Move {
    /// Reads the ids of the input.
    pub fn read(input: MoveSeminarInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Move {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let input = &self.input;
        let before = life::begin(tx, &MOVE, self.id, input.expected_version).await?;
        let mut times =
            Times { starts_at: before.starts_at, ends_at: before.ends_at, registration_closes_at: before.registration_closes_at };
        if let Some(starts_at) = input.starts_at {
            times = times.moved_to(starts_at.0);
        }
        if !input.ends_at.is_undefined() {
            times.ends_at = input.ends_at.as_opt_ref().flatten().map(|at| at.0);
        }
        if !input.registration_closes_at.is_undefined() {
            times.registration_closes_at = input.registration_closes_at.as_opt_ref().flatten().map(|at| at.0);
        }
        let mut after = before.clone();
        (after.starts_at, after.ends_at, after.registration_closes_at) = (times.starts_at, times.ends_at, times.registration_closes_at);
        if let Some(name) = &input.time_zone {
            after.time_zone = time::zone(name, "input.timeZone")?;
        }
        if !input.place.is_undefined() {
            after.place = input.place.as_opt_ref().flatten().cloned();
        }
        if !input.link.is_undefined() {
            after.link = input.link.as_opt_ref().flatten().cloned();
        }
        let links = Linked::default().links(tx, self.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(self.id)
    }
}
