//! Writing programmes: administrators begin them, their officers change them.
use async_graphql::{ID, InputObject};

use super::{Programme, Row, life, row::THEMES};
use crate::{
    base::text::listed,
    domain::{
        city::{self, City},
        pairing,
        theme::Theme,
    },
    kernel::{life::begin, prelude::write::*},
};

/// What `createProgramme` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateProgrammeInput {
    /// The language of the text.
    pub language: LanguageTag,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Programme, text::Create>,
    /// The themes it works on.
    #[graphql(default)]
    pub themes: Vec<ID>,
    #[graphql(flatten)]
    pub new: New<Programme>,
}

/// What `updateProgramme` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateProgrammeInput {
    #[graphql(flatten)]
    pub change: Change<Programme>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Programme, text::Update>,
    /// The themes it works on, all anew.
    pub themes: Option<Vec<ID>>,
}

/// What `addProgrammeCity` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AddProgrammeCityInput {
    #[graphql(flatten)]
    pub target: Target<Programme>,
    /// The city.
    pub city: ID,
}

/// What `removeProgrammeCity` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RemoveProgrammeCityInput {
    #[graphql(flatten)]
    pub target: Target<Programme>,
    /// The city: none that is in a pairing of the programme that goes on.
    pub city: ID,
}

payload!(ProgrammePayload { programme: Programme }, "What the mutations of programmes answer.", "The programme as it is now.");

impl Command for CreateProgrammeInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        tx.may(Act::Administer, &Owners::default())?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        let id: Id<Programme> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            language: self.language.0.clone(),
        });
        self.new.fill(tx, &mut row, self.text.get("name")).await?;
        text::begin(tx, &mut row, &self.text).await?;
        Ok(tx.create(row, &[Links { join: &THEMES, to: themes }]).await?.id)
    }
}

impl Command for UpdateProgrammeInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        let themes = refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?;
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        text::change(tx, &mut after, &self.text).await?;
        let links: Vec<Links> = Links::given(&THEMES, themes).into_iter().collect();
        tx.change(&before, after, &links).await?;
        Ok(before.id)
    }
}

/// The city that is named, and that the viewer sees.
async fn named(tx: &Tx<'_>, city: &ID) -> Done<Id<City>> {
    let city = Id::<City>::parse(city, "input.city")?;
    Ok(city::facts_of(tx, city, "input.city").await?.id)
}

impl Command for AddProgrammeCityInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        let row: Row = begin(tx, &life::ADD_CITY, &self.target).await?;
        let city = named(tx, &self.city).await?;
        city::join(tx, &[city.uuid()], row.id).await?;
        Ok(row.id)
    }
}

impl Command for RemoveProgrammeCityInput {
    type Output = Id<Programme>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Programme>> {
        let row: Row = begin(tx, &life::REMOVE_CITY, &self.target).await?;
        let city = named(tx, &self.city).await?;
        let pairings = pairing::standing_of(tx, row.id, city).await?;
        let message =
            format!("It is in pairings of the programme that go on: {}. End these first, or have it leave them.", listed(&pairings));
        refuse_if(!pairings.is_empty(), Code::WrongState, "input.city", message)?;
        city::leave(tx, city.uuid(), row.id).await?;
        Ok(row.id)
    }
}

mutations!("ProgrammeMutation" {
    /// Adds a programme. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_programme(input: CreateProgrammeInput) -> ProgrammePayload = input.new.idempotency_key => input,
    /// Changes a programme; what is left out stays as it is. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_programme(input: UpdateProgrammeInput) -> ProgrammePayload = input.change.target.idempotency_key => input,
    /// Has a city take part in a programme; one that does already stays as it is. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    add_programme_city(input: AddProgrammeCityInput) -> ProgrammePayload = input.target.idempotency_key => input,
    /// Has a city take part in a programme no longer; refused, with names, while it is in pairings of the programme that go on. For officers of the programme
    /// and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    remove_programme_city(input: RemoveProgrammeCityInput) -> ProgrammePayload = input.target.idempotency_key => input,
    /// Adds or replaces a translation. For its officers and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_programme(input: TranslateInput<Programme>) -> ProgrammePayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
});
