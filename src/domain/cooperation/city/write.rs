//! Creating and changing cities: the programme's officers and administrators.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    City, Row,
    life::UPDATE,
    row::{self, CityKind},
};
use crate::{
    domain::{programme::Programme, theme::Theme},
    kernel::prelude::write::*,
};

/// Where a city's centre lies, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, InputObject)]
pub struct CoordinatesInput {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

/// What `createCity` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCityInput {
    /// The programmes it takes part in; an officer names their own.
    pub programmes: Vec<ID>,
    #[graphql(flatten)]
    pub new: New<City>,
    /// What sort of place it is.
    #[graphql(default_with = "CityKind::City")]
    pub kind: CityKind,
    /// Where its centre lies.
    pub coordinates: Option<CoordinatesInput>,
    /// The language of profile, challenges and strengths; English where not given.
    pub language: Option<LanguageTag>,
    /// What it says of itself.
    #[graphql(flatten)]
    pub text: PartsInput<City, text::Create>,
    /// The themes it works on.
    #[graphql(default)]
    pub themes: Vec<ID>,
}

/// What `updateCity` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCityInput {
    #[graphql(flatten)]
    pub change: Change<City>,
    /// What sort of place it is.
    pub kind: Option<CityKind>,
    /// Where its centre lies; null forgets it.
    pub coordinates: MaybeUndefined<CoordinatesInput>,
    /// What it says of itself.
    #[graphql(flatten)]
    pub text: PartsInput<City, text::Update>,
    /// The themes it works on, all anew.
    pub themes: Option<Vec<ID>>,
}

payload!(CreateCityPayload { city: City }, "What `createCity` answers.", "The new city.");
payload!(UpdateCityPayload { city: City }, "What `updateCity` answers.", "The city as it is now.");

impl Command for CreateCityInput {
    type Output = Id<City>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<City>> {
        let programmes = refs::ids::<Programme>(&self.programmes, "input.programmes")?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        tx.may(Act::Govern, &Owners::of_programmes(programmes.iter().copied()))?;
        let id: Id<City> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            city_kind: self.kind,
            state: "candidate".to_owned(),
            latitude: self.coordinates.map(|at| at.latitude),
            longitude: self.coordinates.map(|at| at.longitude),
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
        });
        self.new.fill(tx, &mut row, None).await?;
        text::begin(tx, &mut row, &self.text).await?;
        let links = [Links { join: &row::THEMES, to: themes }, Links { join: &row::PROGRAMMES, to: programmes }];
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}

impl Command for UpdateCityInput {
    type Output = Id<City>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<City>> {
        let themes = refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?;
        let (before, mut after) = self.change.begin(tx, &UPDATE).await?;
        put(&mut after.city_kind, self.kind);
        if !self.coordinates.is_undefined() {
            let at = self.coordinates.as_opt_ref().flatten().copied();
            (after.latitude, after.longitude) = (at.map(|at| at.latitude), at.map(|at| at.longitude));
        }
        text::change(tx, &mut after, &self.text).await?;
        let links: Vec<Links> = Links::given(&row::THEMES, themes).into_iter().collect();
        tx.change(&before, after.derived(), &links).await?;
        Ok(before.id)
    }
}

mutations!("CityMutation" {
    /// Adds a city to the hub. For officers of the programmes it joins, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_city(input: CreateCityInput) -> CreateCityPayload = input.new.idempotency_key => input,
    /// Changes a city. For its representatives, officers of its programmes, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_city(input: UpdateCityInput) -> UpdateCityPayload = input.change.target.idempotency_key => input,
});
