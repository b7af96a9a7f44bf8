//! Creating and changing cities: the programme's officers and administrators.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    City, Row,
    life::UPDATE,
    node::{CityAliasInput, CityKind, word_of},
    row::{self, Population},
};
use crate::{
    access::{Act, Audience, Owners},
    base::{Id, Language, Result as Done},
    domain::{programme::Programme, theme::Theme},
    kernel::{
        alias,
        country::Country,
        life,
        text::{self, PartsInput},
    },
    mutations, new_row, payload,
    relay::{LanguageTag, Target, put, refs},
    store::{Command, Json, Links, Tx},
};

/// A count of inhabitants.
#[derive(Clone, Debug, InputObject)]
pub struct PopulationInput {
    /// What was counted: “city proper”, “metropolitan area”.
    pub boundary: Option<String>,
    /// Inhabitants.
    pub value: i64,
    /// The year counted.
    pub year: Option<i32>,
    /// Who counted.
    pub source: Option<String>,
}

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
    /// The official name, 1 to 200 characters.
    pub name: String,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// ISO 3166-1 two-letter code.
    pub country: String,
    /// What sort of place it is.
    #[graphql(default_with = "CityKind::City")]
    pub kind: CityKind,
    /// Where its centre lies.
    pub coordinates: Option<CoordinatesInput>,
    /// Inhabitants, the usual boundary first.
    #[graphql(default)]
    pub populations: Vec<PopulationInput>,
    /// Its other names.
    #[graphql(default)]
    pub aliases: Vec<CityAliasInput>,
    /// The language of profile, challenges and strengths; English where not given.
    pub language: Option<LanguageTag>,
    /// What it says of itself.
    #[graphql(flatten)]
    pub text: PartsInput<City, text::Create>,
    /// What the city needs.
    #[graphql(default)]
    pub challenges: Vec<String>,
    /// What the city offers.
    #[graphql(default)]
    pub strengths: Vec<String>,
    /// The themes it works on.
    #[graphql(default)]
    pub themes: Vec<ID>,
    /// Its web site.
    pub website: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateCity` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCityInput {
    #[graphql(flatten)]
    pub target: Target<City>,
    /// The official name.
    pub name: Option<String>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// What sort of place it is.
    pub kind: Option<CityKind>,
    /// Where its centre lies; null forgets it.
    pub coordinates: MaybeUndefined<CoordinatesInput>,
    /// Inhabitants, all of them anew.
    pub populations: Option<Vec<PopulationInput>>,
    /// Its other names, all of them anew.
    pub aliases: Option<Vec<CityAliasInput>>,
    /// What it says of itself.
    #[graphql(flatten)]
    pub text: PartsInput<City, text::Update>,
    /// What the city needs, all anew.
    pub challenges: Option<Vec<String>>,
    /// What the city offers, all anew.
    pub strengths: Option<Vec<String>>,
    /// The themes it works on, all anew.
    pub themes: Option<Vec<ID>>,
    /// Its web site; null forgets it.
    pub website: MaybeUndefined<String>,
}

payload!(
    /// What `createCity` answers.
    CreateCityPayload {
        /// The new city.
        city: City
    }
);
payload!(
    /// What `updateCity` answers.
    UpdateCityPayload {
        /// The city as it is now.
        city: City
    }
);

fn populations(list: &[PopulationInput]) -> Json<Vec<Population>> {
    Json(list.iter().map(|p| Population { boundary: p.boundary.clone(), value: p.value, year: p.year, source: p.source.clone() }).collect())
}

impl Command for CreateCityInput {
    type Output = Id<City>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<City>> {
        let programmes = refs::ids::<Programme>(&self.programmes, "input.programmes")?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        tx.may(Act::Govern, &Owners { cities: vec![], programmes: programmes.clone() })?;
        let id: Id<City> = tx.id();
        let slug = tx.slug::<Row>(self.slug.as_deref(), &self.name, id).await?;
        let mut row = new_row!(id, slug, Audience::public(), {
            name: self.name.trim().to_owned(),
            folded: String::new(),
            names: String::new(),
            country: Country::of(&self.country).map_or_else(|| self.country.clone(), |country| country.code().to_owned()),
            city_kind: word_of(self.kind).to_owned(),
            state: "candidate".to_owned(),
            latitude: self.coordinates.map(|at| at.latitude),
            longitude: self.coordinates.map(|at| at.longitude),
            x: None,
            y: None,
            z: None,
            population: None,
            populations: populations(&self.populations),
            aliases: alias::read(&self.aliases),
            profile: None,
            challenges: Json(self.challenges.clone()),
            strengths: Json(self.strengths.clone()),
            language: self.language.clone().map_or_else(Language::english, |tag| tag.0),
            languages: Json(Vec::new()),
            text_version: 0,
            side: None,
            website: self.website.clone(),
            source: None,
        })
        .derived();
        text::begin(tx, &mut row, &self.text).await?;
        let links = [Links { join: &row::THEMES, to: themes }, Links { join: &row::PROGRAMMES, to: programmes }];
        Ok(tx.create(row, &links).await?.id)
    }
}

impl Command for UpdateCityInput {
    type Output = Id<City>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<City>> {
        let themes = refs::given_ids::<Theme>(self.themes.as_ref(), "input.themes")?;
        let before = life::begin(tx, &UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        put(&mut after.city_kind, self.kind.map(|kind| word_of(kind).to_owned()));
        if !self.coordinates.is_undefined() {
            let at = self.coordinates.as_opt_ref().flatten().copied();
            (after.latitude, after.longitude) = (at.map(|at| at.latitude), at.map(|at| at.longitude));
        }
        put(&mut after.populations, self.populations.as_deref().map(populations));
        put(&mut after.aliases, self.aliases.as_deref().map(alias::read));
        put(&mut after.challenges, self.challenges.clone().map(Json));
        put(&mut after.strengths, self.strengths.clone().map(Json));
        self.website.clone().update_to(&mut after.website);
        text::change(tx, &mut after, &self.text).await?;
        let links: Vec<Links> = Links::given(&row::THEMES, themes).into_iter().collect();
        tx.change(&before, after.derived(), &links).await?;
        Ok(before.id)
    }
}

mutations!("CityMutation" {
    /// Adds a city to the hub. For officers of the programmes it joins, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_city(input: CreateCityInput) -> CreateCityPayload = input.idempotency_key => input,
    /// Changes a city. For its representatives, officers of its programmes, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    update_city(input: UpdateCityInput) -> UpdateCityPayload = input.target.idempotency_key => input,
});
