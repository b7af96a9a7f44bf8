//! Creating and changing pairings: the programme's officers and administrators.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    Pairing, Row,
    life::UPDATE,
    row::{self, State},
    rules::AcceptRulesInput,
};
use crate::{
    domain::{
        city::{self, City},
        programme::Programme,
        sharing,
    },
    kernel::{life, prelude::write::*},
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
    /// Where it is in its life.
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
    /// Two or more different cities which take part in the programme, all anew.
    pub cities: Option<Vec<ID>>,
    /// 1 to 200 characters.
    pub name: Option<String>,
    /// Where it is in its life; what ended or was completed stays so.
    pub state: Option<State>,
    /// Who may see it: the programme (its id); null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(CreatePairingPayload { pairing: Pairing }, "What `createPairing` answers.", "The new pairing.");
payload!(AcceptRulesPayload { pairing: Pairing }, "What `acceptRules` answers.", "The pairing as it is now.");
payload!(UpdatePairingPayload { pairing: Pairing }, "What `updatePairing` answers.", "The pairing as it is now.");

/// The name a pairing has by its cities.
pub(super) fn called(cities: impl Iterator<Item = String>) -> String {
    cities.collect::<Vec<_>>().join(row::BETWEEN_CITIES)
}

impl Command for CreatePairingInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        let cities = refs::ids::<City>(&self.cities, "input.cities")?;
        tx.may(Act::Govern, &Owners::of_programmes([programme.uuid()]))?;
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
        });
        self.new.fill(tx, &mut row, None).await?;
        row.take_newest_rules(tx).await?;
        Ok(tx.create(row.derived(), &[Links { join: &row::CITIES, to: cities }]).await?.id)
    }
}

impl Command for UpdatePairingInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let cities = refs::given_ids::<City>(self.cities.as_ref(), "input.cities")?;
        let before = life::begin_any_version(tx, &UPDATE, self.change.target.id()?).await?;
        if let Some(state) = self.state {
            life::may_get_to(tx, &before, state, "input.state")?;
        }
        tx.expect(&before, self.change.target.expected_version)?;
        let mut after = self.change.apply(tx, &before).await?;
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        put(&mut after.state, self.state);
        if after.call != before.call {
            after.take_newest_rules(tx).await?;
        }
        if !self.share_with.is_undefined() {
            after.audience = sharing::of_programme(before.programme, self.share_with.as_opt_ref().flatten())?;
        }
        let links: Vec<Links> = Links::given(&row::CITIES, cities).into_iter().collect();
        tx.change(&before, after.derived(), &links).await?;
        Ok(before.id)
    }
}

mutations!("PairingMutation" {
    /// Brings cities together. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    create_pairing(input: CreatePairingInput) -> CreatePairingPayload = input.new.idempotency_key => input,
    /// Changes a pairing; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    update_pairing(input: UpdatePairingInput) -> UpdatePairingPayload = input.change.target.idempotency_key => input,
    /// Accepts a newer version of the call's rules for a city of a pairing; it holds when all of its cities have accepted it. For the city's
    /// representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    accept_rules(input: AcceptRulesInput) -> AcceptRulesPayload = input.target.idempotency_key => input,
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pairing_is_called_by_its_cities() {
        assert_eq!(called(["Austin", "Bologna"].map(str::to_owned).into_iter()), "Austin – Bologna");
    }
}
