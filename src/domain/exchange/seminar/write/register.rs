//! Taking a place at a seminar.
use async_graphql::{ID, InputObject};

use super::{
    super::{
        Row, Seminar,
        registration::{self, Stand},
        row,
    },
    input::oneself,
};
use crate::{domain::city::City, kernel::prelude::write::*, relay::NodeType};

/// What `registerForSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RegisterForSeminarInput {
    /// The seminar.
    pub id: ID,
    /// The city the viewer comes for: one they represent.
    pub city: Option<ID>,
    /// Whether to wait for a place where all are taken: it is had as soon as one becomes free, by who waited longest.
    #[graphql(default)]
    pub waits: bool,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    RegisterForSeminarPayload { seminar: Seminar },
    "What `registerForSeminar` answers.",
    "The seminar with the place taken, or waited for."
);

impl Command for RegisterForSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let id = Id::<Seminar>::parse(&self.id, "input.id")?;
        let city = refs::given::<City>(self.city.as_ref(), "input.city")?;
        let person = oneself(tx)?;
        // Held, so that nobody takes the last place meanwhile.
        let seminar: Row = tx.locked(id, "input.id").await?;
        if let Some(city) = city {
            let _: <City as NodeType>::Row = tx.seen(city, "input.city").await?;
        }
        tx.may(Act::Join, &Owners::of_cities(city.map(Id::uuid)))?;
        let before = registration::of_person(tx, id, person).await?;
        let stands = |state| before.as_ref().is_some_and(|before| before.state == state);
        let (has_place, waits) = (stands(Stand::Registered), stands(Stand::Waiting));
        let is_full = !has_place && seminar.places_left() == Some(0);
        if (has_place || (waits && is_full)) && before.as_ref().is_some_and(|before| before.city == city) {
            return Ok(id);
        }
        refuse_if(
            !seminar.takes_registrations(tx.now()),
            Code::WrongState,
            "input.id",
            "Registration is closed: it has ended, or the seminar is not to take place.",
        )?;
        let told = "All places are taken; say “waits” to get one as soon as it becomes free.";
        refuse_if(is_full && !waits && !self.waits, Code::Full, "input.id", told)?;
        let after = registration::Model {
            id: before.as_ref().map_or_else(|| tx.id(), |before| before.id),
            version: 0,
            seminar: id,
            person,
            city,
            state: if is_full { Stand::Waiting } else { Stand::Registered },
            attended: None,
            created_at: before.as_ref().filter(|_| has_place || waits).map_or_else(|| tx.now(), |before| before.created_at),
        };
        tx.part(before.as_ref(), after).await?;
        if !has_place && !is_full {
            tx.count(&seminar, row::Column::Registered, 1).await?;
        }
        match (waits, is_full) {
            (false, true) => tx.count(&seminar, row::Column::Waiting, 1).await?,
            (true, false) => tx.count(&seminar, row::Column::Waiting, -1).await?,
            _ => {}
        }
        Ok(id)
    }
}
