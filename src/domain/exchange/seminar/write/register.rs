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
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(RegisterForSeminarPayload { seminar: Seminar }, "What `registerForSeminar` answers.", "The seminar with the place taken.");

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
        let has_place = before.as_ref().is_some_and(|before| before.state == Stand::Registered);
        if has_place && before.as_ref().is_some_and(|before| before.city == city) {
            return Ok(id);
        }
        refuse_if(
            !seminar.takes_registrations(tx.now()),
            Code::WrongState,
            "input.id",
            "Registration is closed: it has ended, or the seminar is not to take place.",
        )?;
        refuse_if(!has_place && seminar.places_left() == Some(0), Code::Full, "input.id", "All places are taken.")?;
        let after = registration::Model {
            id: before.as_ref().map_or_else(|| tx.id(), |before| before.id),
            version: 0,
            seminar: id,
            person,
            city,
            state: Stand::Registered,
            created_at: before.as_ref().filter(|_| has_place).map_or_else(|| tx.now(), |before| before.created_at),
        };
        tx.part(before.as_ref(), after).await?;
        if !has_place {
            tx.count(&seminar, row::Column::Registered, 1).await?;
        }
        Ok(id)
    }
}
