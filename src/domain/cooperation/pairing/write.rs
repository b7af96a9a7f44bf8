//! Creating and changing pairings: the programme's officers and administrators.
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use uuid::Uuid;

use super::{
    Pairing, Row,
    life::UPDATE,
    row::{self, State},
};
use crate::{
    access::{Act, Audience, Owners, Scope},
    base::{Code, Id, Kind, Language, Moment, Result as Done, id, refuse, refuse_if, text::is_blank},
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::life,
    payload,
    relay::{DateValue, LanguageTag, context::Asking, refs},
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
    /// The pairing.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
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
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
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
    cities.collect::<Vec<_>>().join(" – ")
}

fn named(name: &str) -> Done<()> {
    refuse_if(is_blank(name), Code::Required, "input.name", "Give it a name.")?;
    refuse_if(name.chars().count() > 200, Code::TooLong, "input.name", "A name has at most 200 characters.")
}

/// Everyone, or the people of the programme.
fn audience(programme: Id<Programme>, with: Option<&ID>) -> Done<Audience> {
    match with.map(|with| id::split(with)) {
        None => Ok(Audience::public()),
        Some(Some((Programme::NAME, id))) if id == programme.uuid() => Ok(Audience::of(Scope::Programme, id)),
        Some(_) => refuse(Code::TooWide, "input.shareWith", "Share a pairing with its own programme, or with everyone."),
    }
}

struct Create {
    input: CreatePairingInput,
    programme: Id<Programme>,
    call: Option<Id<Call>>,
    cities: Vec<Uuid>,
    theme: Option<Id<Theme>>,
}

impl Create {
    fn read(input: CreatePairingInput) -> Done<Self> {
        Ok(Self {
            programme: Id::parse(&input.programme, "input.programme")?,
            call: input.call.as_ref().map(|id| Id::parse(id, "input.call")).transpose()?,
            cities: refs::ids::<City>(&input.cities, "input.cities")?,
            theme: input.theme.as_ref().map(|id| Id::parse(id, "input.theme")).transpose()?,
            input,
        })
    }
}

impl Command for Create {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let input = &self.input;
        tx.may(Act::Govern, &Owners { cities: vec![], programmes: vec![self.programme.uuid()] })?;
        let name = match &input.name {
            Some(name) => name.trim().to_owned(),
            None => called(city::names(tx, &self.cities).await?.into_iter()),
        };
        // Many long names of cities make a longer one than anybody would type.
        if input.name.is_some() {
            named(&name)?;
        }
        let language = input
            .language
            .clone()
            .map(|tag| tag.0)
            .or_else(|| Language::parse("en"))
            .ok_or_else(|| crate::base::Fault::new("“en” is a language"))?;
        let id: Id<Pairing> = tx.id();
        let slug = tx.slug::<Row>(input.slug.as_deref(), &name, id).await?;
        let row = Row {
            id,
            slug,
            version: 0,
            audience: audience(self.programme, input.share_with.as_ref())?,
            created_at: Moment(0),
            updated_at: Moment(0),
            programme: self.programme,
            call: self.call,
            name,
            folded: String::new(),
            summary: input.summary.clone(),
            language,
            started_on: input.started_on.map(|day| Json(day.0)),
            theme: self.theme,
            state: input.state,
            source: input.source.clone(),
        }
        .derived();
        Ok(tx.create(row, &[Links { join: &row::CITIES, to: self.cities.clone() }]).await?.id)
    }
}

struct Update {
    input: UpdatePairingInput,
    id: Id<Pairing>,
    call: MaybeUndefined<Id<Call>>,
    cities: Option<Vec<Uuid>>,
    theme: MaybeUndefined<Id<Theme>>,
}

impl Update {
    fn read(input: UpdatePairingInput) -> Done<Self> {
        Ok(Self {
            id: Id::parse(&input.id, "input.id")?,
            call: input.call.clone().map_value(|id| Id::parse(&id, "input.call")).transpose()?,
            cities: input.cities.as_deref().map(|list| refs::ids::<City>(list, "input.cities")).transpose()?,
            theme: input.theme.clone().map_value(|id| Id::parse(&id, "input.theme")).transpose()?,
            input,
        })
    }
}

impl Command for Update {
    type Output = Id<Pairing>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Pairing>> {
        let input = &self.input;
        let before = life::begin(tx, &UPDATE, self.id, None).await?;
        if let Some(state) = input.state {
            life::may_get_to(tx, &before, state, "input.state")?;
        }
        tx.expect(&before, input.expected_version)?;
        let mut after = before.clone();
        if let Some(name) = &input.name {
            named(name)?;
            after.name = name.trim().to_owned();
        }
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        if !input.summary.is_undefined() {
            after.summary = input.summary.as_opt_ref().flatten().cloned();
        }
        if !self.call.is_undefined() {
            after.call = self.call.as_opt_ref().flatten().copied();
        }
        if !self.theme.is_undefined() {
            after.theme = self.theme.as_opt_ref().flatten().copied();
        }
        if !input.started_on.is_undefined() {
            after.started_on = input.started_on.as_opt_ref().flatten().map(|day| Json(day.0));
        }
        if !input.source.is_undefined() {
            after.source = input.source.as_opt_ref().flatten().cloned();
        }
        if let Some(state) = input.state {
            after.state = state;
        }
        if !input.share_with.is_undefined() {
            after.audience = audience(before.programme, input.share_with.as_opt_ref().flatten())?;
        }
        // All links every time, so that the log is told of every city concerned.
        let cities = match &self.cities {
            Some(cities) => cities.clone(),
            None => row::members(tx, self.id).await?,
        };
        tx.change(&before, after.derived(), &[Links { join: &row::CITIES, to: cities }]).await?;
        Ok(self.id)
    }
}

/// The pairings' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "PairingMutation")]
impl Mutation {
    /// Brings cities together. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn create_pairing(&self, ctx: &Context<'_>, input: CreatePairingInput) -> Result<CreatePairingPayload> {
        let done = ctx.submit("createPairing", input.idempotency_key.clone(), input, Create::read).await;
        CreatePairingPayload::of(ctx, done).await
    }

    /// Changes a pairing; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    async fn update_pairing(&self, ctx: &Context<'_>, input: UpdatePairingInput) -> Result<UpdatePairingPayload> {
        let done = ctx.submit("updatePairing", input.idempotency_key.clone(), input, Update::read).await;
        UpdatePairingPayload::of(ctx, done).await
    }
}

#[cfg(test)]
mod tests {
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
