//! Creating and changing pairings: the programme's officers and administrators.
use async_graphql::{ID, InputObject, MaybeUndefined};
use uuid::Uuid;

use super::super::{
    Pairing, Row,
    life::{ACTIVATE, ADD_MEMBER, CHOOSE_PRIORITY, UPDATE},
    member,
    row::{self, State},
};
use crate::{
    domain::{
        agreement, application,
        call::Call,
        city::{self, City},
        obligation,
        programme::Programme,
        sharing,
    },
    kernel::{life, prelude::write::*},
    relay::DateValue,
};

/// What `createPairing` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePairingInput {
    /// The programme that brings the cities together.
    pub programme: ID,
    /// Two or more different cities which take part in the programme.
    pub cities: Vec<ID>,
    /// 1 to 200 characters; the names of its cities where not given.
    pub name: Option<String>,
    #[graphql(flatten)]
    pub new: New<Pairing>,
    /// The language of the summary; English where not given.
    pub language: Option<LanguageTag>,
    /// A new pairing is matched, and nothing else: what came before this hub is imported.
    #[graphql(default_with = "State::Matched")]
    pub state: State,
    /// Who may see it: the programme (its id). Everyone where not given.
    pub share_with: Option<ID>,
}

/// What `updatePairing` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePairingInput {
    #[graphql(flatten)]
    pub change: Change<Pairing>,
    /// Two or more different cities which take part in the programme, all anew: those left out leave today, those that are new join today. To tell
    /// another day, a role or a reason use `addPairingMember` and `removePairingMember`.
    pub cities: Option<Vec<ID>>,
    /// 1 to 200 characters.
    pub name: Option<String>,
    /// Where it is in its life: from matched to agreed to active, from there to dormant and back, and to completed; it can be ended until then. What ended or
    /// was completed stays so.
    pub state: Option<State>,
    /// Why it pauses or ends, up to 2,000 characters; needed to end it.
    pub reason: Option<String>,
    /// The day it was completed or ended; today where it is completed or ended with no day given.
    pub ended_on: Option<DateValue>,
    /// Who may see it: the programme (its id); null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(CreatePairingPayload { pairing: Pairing }, "What `createPairing` answers.", "The new pairing.");
payload!(UpdatePairingPayload { pairing: Pairing }, "What `updatePairing` answers.", "The pairing as it is now.");

/// The name a pairing has by its cities.
pub fn called(cities: impl Iterator<Item = String>) -> String {
    cities.collect::<Vec<_>>().join(row::BETWEEN_CITIES)
}

/// Refuses to pair by hand, in a call, a city whose application to it waits, is on the reserve list or was declined.
async fn refuse_unselected(tx: &Tx<'_>, call: Id<Call>, cities: &[Uuid]) -> Done<()> {
    for (city, name, state) in application::unselected(tx, call, cities).await? {
        let place = cities.iter().position(|other| *other == city).unwrap_or_default();
        let message =
            format!("The application of {name} to this call is {state}; who is paired in it is selected first: `selectApplication`.");
        refuse_if(true, Code::WrongState, format!("input.cities.{place}"), message)?;
    }
    Ok(())
}

impl Command for CreatePairingInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        let cities = refs::ids::<City>(&self.cities, "input.cities")?;
        tx.may(Act::Govern, &Owners::of_programmes([programme.uuid()]))?;
        let begins = "A new pairing is matched; `updatePairing` takes it further, step by step. What came before this hub is imported.";
        refuse_if(self.state != State::Matched, Code::WrongState, "input.state", begins)?;
        let name = match &self.name {
            Some(name) => name.trim().to_owned(),
            None => called(city::names(tx, &cities).await?.into_iter()),
        };
        let id: Id<Pairing> = tx.id();
        let mut row = new_row!(id, String::new(), sharing::of_programme(programme, self.share_with.as_ref())?, {
            programme,
            name,
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
            state: self.state,
            matched_on: Some(Json(tx.now().day())),
            members: Json(member::of_cities(&cities)),
        });
        self.new.fill(tx, &mut row, None).await?;
        row.take_newest_rules(tx).await?;
        if let Some(call) = row.call {
            refuse_unselected(tx, call, &cities).await?;
        }
        let links = member::links(&row.members);
        let id = tx.create(row.derived(), &links).await?.id;
        obligation::derive(tx, &[id.uuid()]).await?;
        Ok(id)
    }
}

impl Command for UpdatePairingInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let cities = refs::given_ids::<City>(self.cities.as_ref(), "input.cities")?;
        let before = life::begin_any_version(tx, &UPDATE, self.change.target.id()?).await?;
        if let Some(state) = self.state {
            if state == State::Active && ACTIVATE.from.contains(&before.state) && before.signed_agreements == 0 {
                agreement::refuse_unsigned(tx, before.id, &member::signatories(&before.members), "input.state").await?;
            }
            life::may_get_to(tx, &before, state, "input.state")?;
        }
        tx.expect(&before, self.change.target.expected_version)?;
        let mut after = self.change.apply(tx, &before).await?;
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        self.put_state(tx, &mut after)?;
        if after.call != before.call {
            after.take_newest_rules(tx).await?;
        }
        if !self.share_with.is_undefined() {
            after.audience = sharing::of_programme(before.programme, self.share_with.as_opt_ref().flatten())?;
        }
        let mut links = Vec::new();
        if after.theme != before.theme {
            life::allows(tx, &CHOOSE_PRIORITY, &before)?;
        }
        if let Some(cities) = cities {
            life::allows(tx, &ADD_MEMBER, &before)?;
            after.members = Json(member::regrouped(&before.members, &cities, tx.now().day()));
            links.extend(member::links(&after.members));
            after.take_accepted(&member::cities(&after.members), tx.now().day());
        }
        tx.change(&before, after.derived(), &links).await?;
        Ok(before.id)
    }
}

impl UpdatePairingInput {
    /// Puts the state, its reason and the last day into the row.
    fn put_state(&self, tx: &Tx<'_>, row: &mut Row) -> Done<()> {
        let (state, reason) = (self.state.unwrap_or(row.state), self.reason.as_deref());
        let is_other = state != row.state;
        let is_told = matches!(state, State::Dormant | State::Ended);
        refuse_if(reason.is_some() && !is_told, Code::BadInput, "input.reason", "A reason is told of a pairing that pauses or ends.")?;
        if is_other || reason.is_some() {
            row.state_reason = match reason {
                Some(reason) => Some(life::reason(reason, if state == State::Ended { "ended" } else { "paused" })?),
                None if state == State::Ended => return refuse(Code::Required, "input.reason", "Say why it is ended."),
                None => None,
            };
        }
        let is_over = state.is_over();
        let today = (is_other && is_over).then(|| tx.now().day());
        if let Some(day) = self.ended_on.map(|day| day.0).or(today) {
            row.ended_on = Some(Json(day));
        }
        row.state = state;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pairing_is_called_by_its_cities() {
        assert_eq!(called(["Austin", "Bologna"].map(str::to_owned).into_iter()), "Austin – Bologna");
    }
}
