//! Creating and changing pairings: the programme's officers and administrators.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    Pairing, Row,
    life::UPDATE,
    row::{self, State},
};
use crate::{
    access::{Act, Audience, Owners, Scope},
    base::{Code, Id, Kind, Language, Result as Done, id, refuse},
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::life,
    mutations, new_row, payload,
    relay::{DateValue, LanguageTag, Target, put, refs},
    store::{Command, Json, Links, Tx},
};

/// What `createPairing` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePairingInput {
    /// The programme that brings the cities together.
    pub programme: ID,
    /// The call whose rules it follows; one of the programme.
    pub call: Option<ID>,
    /// Two or more different cities which take part in the programme.
    pub cities: Vec<ID>,
    /// 1 to 200 characters; the names of its cities where not given.
    pub name: Option<String>,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// What it is about, up to 3,000 characters.
    pub summary: Option<String>,
    /// The language of the summary; English where not given.
    pub language: Option<LanguageTag>,
    /// The theme the cities chose.
    pub theme: Option<ID>,
    /// The day it began, where it is known.
    pub started_on: Option<DateValue>,
    /// Where it is in its life.
    #[graphql(default_with = "State::Matched")]
    pub state: State,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Who may see it: the programme (its id). Everyone where not given.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updatePairing` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePairingInput {
    #[graphql(flatten)]
    pub target: Target<Pairing>,
    /// The call whose rules it follows; null where not known.
    pub call: MaybeUndefined<ID>,
    /// Two or more different cities which take part in the programme, all anew.
    pub cities: Option<Vec<ID>>,
    /// 1 to 200 characters.
    pub name: Option<String>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// What it is about, up to 3,000 characters; null forgets it.
    pub summary: MaybeUndefined<String>,
    /// The theme the cities chose; null forgets it.
    pub theme: MaybeUndefined<ID>,
    /// The day it began; null where not known.
    pub started_on: MaybeUndefined<DateValue>,
    /// Where it is in its life; what ended or was completed stays so.
    pub state: Option<State>,
    /// Where the facts come from; null forgets it.
    pub source: MaybeUndefined<String>,
    /// Who may see it: the programme (its id); null opens it to everyone.
    pub share_with: MaybeUndefined<ID>,
}

payload!(
    /// What `createPairing` answers.
    CreatePairingPayload {
        /// The new pairing.
        pairing: Pairing
    }
);
payload!(
    /// What `updatePairing` answers.
    UpdatePairingPayload {
        /// The pairing as it is now.
        pairing: Pairing
    }
);

/// The name a pairing has by its cities.
pub(super) fn called(cities: impl Iterator<Item = String>) -> String {
    cities.collect::<Vec<_>>().join(row::BETWEEN_CITIES)
}

/// Everyone, or the people of the programme.
fn audience(programme: Id<Programme>, with: Option<&ID>) -> Done<Audience> {
    match with.map(|with| id::split(with)) {
        None => Ok(Audience::public()),
        Some(Some((Programme::NAME, id))) if id == programme.uuid() => Ok(Audience::of(Scope::Programme, id)),
        Some(_) => refuse(Code::TooWide, "input.shareWith", "Share a pairing with its own programme, or with everyone."),
    }
}

impl Command for CreatePairingInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        let call = refs::given::<Call>(self.call.as_ref(), "input.call")?;
        let cities = refs::ids::<City>(&self.cities, "input.cities")?;
        let theme = refs::given::<Theme>(self.theme.as_ref(), "input.theme")?;
        tx.may(Act::Govern, &Owners { cities: vec![], programmes: vec![programme.uuid()] })?;
        let name = match &self.name {
            Some(name) => name.trim().to_owned(),
            None => called(city::names(tx, &cities).await?.into_iter()),
        };
        let id: Id<Pairing> = tx.id();
        let slug = tx.slug::<Row>(self.slug.as_deref(), &name, id).await?;
        let row = new_row!(id, slug, audience(programme, self.share_with.as_ref())?, {
            programme,
            call,
            name,
            folded: String::new(),
            summary: self.summary.clone(),
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
            started_on: self.started_on.map(|day| Json(day.0)),
            theme,
            state: self.state,
            source: self.source.clone(),
        })
        .derived();
        Ok(tx.create(row, &[Links { join: &row::CITIES, to: cities }]).await?.id)
    }
}

impl Command for UpdatePairingInput {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let call = refs::changed::<Call>(&self.call, "input.call")?;
        let cities = refs::given_ids::<City>(self.cities.as_ref(), "input.cities")?;
        let theme = refs::changed::<Theme>(&self.theme, "input.theme")?;
        let before = life::begin_any_version(tx, &UPDATE, self.target.id()?).await?;
        if let Some(state) = self.state {
            life::may_get_to(tx, &before, state, "input.state")?;
        }
        tx.expect(&before, self.target.expected_version)?;
        let mut after = before.clone();
        if let Some(name) = &self.name {
            after.name = name.trim().to_owned();
        }
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        self.summary.clone().update_to(&mut after.summary);
        call.update_to(&mut after.call);
        theme.update_to(&mut after.theme);
        self.started_on.map_value(|day| Json(day.0)).update_to(&mut after.started_on);
        self.source.clone().update_to(&mut after.source);
        put(&mut after.state, self.state);
        if !self.share_with.is_undefined() {
            after.audience = audience(before.programme, self.share_with.as_opt_ref().flatten())?;
        }
        // All links every time, so that the log is told of every city concerned.
        let cities = match cities {
            Some(cities) => cities,
            None => row::members(tx, before.id).await?,
        };
        tx.change(&before, after.derived(), &[Links { join: &row::CITIES, to: cities }]).await?;
        Ok(before.id)
    }
}

mutations!("PairingMutation" {
    /// Brings cities together. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    create_pairing(input: CreatePairingInput) -> CreatePairingPayload = input.idempotency_key => input,
    /// Changes a pairing; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    update_pairing(input: UpdatePairingInput) -> UpdatePairingPayload = input.target.idempotency_key => input,
});

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_pairing_is_shared_with_its_own_programme_or_everyone() {
        let (own, other) = (Id::<Programme>::new(Uuid::from_u128(1)), Id::<Programme>::new(Uuid::from_u128(2)));
        assert!(audience(own, None).unwrap().is_public());
        assert_eq!(audience(own, Some(&ID(own.to_string()))).unwrap(), Audience::of(Scope::Programme, own.uuid()));
        assert!(audience(own, Some(&ID(other.to_string()))).is_err());
        assert!(audience(own, Some(&ID("rubbish".into()))).is_err());
    }

    #[test]
    fn a_pairing_is_called_by_its_cities() {
        assert_eq!(called(["Austin", "Bologna"].map(str::to_owned).into_iter()), "Austin – Bologna");
    }
}
