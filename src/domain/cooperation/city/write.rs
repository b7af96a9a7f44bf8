//! Creating and changing cities: the programme's officers and administrators.
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use uuid::Uuid;

use super::{
    City, Row,
    life::UPDATE,
    node::{CityKind, word_of},
    row::{self, Alias, Population},
};
use crate::{
    access::{Act, Audience, Owners},
    base::{Id, Language, Moment, Result as Done},
    domain::{programme::Programme, theme::Theme},
    kernel::{
        country::Country,
        life,
        text::{self, PartsInput, Written},
    },
    payload,
    relay::{LanguageTag, context::Asking, refs},
    store::{Command, Json, Links, Tx},
};

/// Another name of a city.
#[derive(Clone, Debug, InputObject)]
pub struct CityAliasInput {
    /// The name.
    pub name: String,
    /// Its language.
    pub language: Option<LanguageTag>,
    /// Who uses it.
    pub source: Option<String>,
}

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
    /// The city.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
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
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
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

fn aliases(list: &[CityAliasInput]) -> Json<Vec<Alias>> {
    Json(
        list.iter()
            .map(|a| Alias { name: a.name.clone(), language: a.language.clone().map(|tag| tag.0), source: a.source.clone() })
            .collect(),
    )
}

fn populations(list: &[PopulationInput]) -> Json<Vec<Population>> {
    Json(list.iter().map(|p| Population { boundary: p.boundary.clone(), value: p.value, year: p.year, source: p.source.clone() }).collect())
}

struct Create {
    input: CreateCityInput,
    programmes: Vec<Uuid>,
    themes: Vec<Uuid>,
}

impl Create {
    fn read(input: CreateCityInput) -> Done<Self> {
        let programmes = refs::ids::<Programme>(&input.programmes, "input.programmes")?;
        let themes = refs::ids::<Theme>(&input.themes, "input.themes")?;
        Ok(Self { input, programmes, themes })
    }
}

impl Command for Create {
    type Output = Id<City>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<City>> {
        let input = &self.input;
        tx.may(Act::Govern, &Owners { cities: vec![], programmes: self.programmes.clone() })?;
        let id: Id<City> = tx.id();
        let slug = tx.slug::<Row>(input.slug.as_deref(), &input.name, id).await?;
        let language = input
            .language
            .clone()
            .map(|tag| tag.0)
            .or_else(|| Language::parse("en"))
            .ok_or_else(|| crate::base::Fault::new("“en” is a language"))?;
        let mut row = Row {
            id,
            slug,
            version: 0,
            audience: Audience::public(),
            created_at: Moment(0),
            updated_at: Moment(0),
            name: input.name.trim().to_owned(),
            folded: String::new(),
            names: String::new(),
            country: Country::of(&input.country).map_or_else(|| input.country.clone(), |country| country.code().to_owned()),
            city_kind: word_of(input.kind).to_owned(),
            state: "candidate".to_owned(),
            latitude: input.coordinates.map(|at| at.latitude),
            longitude: input.coordinates.map(|at| at.longitude),
            x: None,
            y: None,
            z: None,
            population: None,
            populations: populations(&input.populations),
            aliases: aliases(&input.aliases),
            profile: None,
            challenges: Json(input.challenges.clone()),
            strengths: Json(input.strengths.clone()),
            language: language.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            side: None,
            website: input.website.clone(),
            source: None,
        }
        .derived();
        let original = input.text.fields();
        if !original.is_empty() {
            text::refuse::<City>(tx, &original)?;
            let saved = text::save_original(tx, id.uuid(), &language, original.clone(), &[]).await?;
            City::keep(&mut row, saved, &original);
        }
        let links = [Links { join: &row::THEMES, to: self.themes.clone() }, Links { join: &row::PROGRAMMES, to: self.programmes.clone() }];
        Ok(tx.create(row, &links).await?.id)
    }
}

struct Update {
    input: UpdateCityInput,
    id: Id<City>,
    themes: Option<Vec<Uuid>>,
}

impl Update {
    fn read(input: UpdateCityInput) -> Done<Self> {
        let id = Id::parse(&input.id, "input.id")?;
        let themes = input.themes.as_deref().map(|themes| refs::ids::<Theme>(themes, "input.themes")).transpose()?;
        Ok(Self { input, id, themes })
    }
}

impl Command for Update {
    type Output = Id<City>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<City>> {
        let input = &self.input;
        let before = life::begin(tx, &UPDATE, self.id, input.expected_version).await?;
        let mut after = before.clone();
        if let Some(name) = &input.name {
            after.name = name.trim().to_owned();
        }
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        if let Some(kind) = input.kind {
            after.city_kind = word_of(kind).to_owned();
        }
        if !input.coordinates.is_undefined() {
            let at = input.coordinates.as_opt_ref().flatten().copied();
            (after.latitude, after.longitude) = (at.map(|at| at.latitude), at.map(|at| at.longitude));
        }
        if let Some(list) = &input.populations {
            after.populations = populations(list);
        }
        if let Some(list) = &input.aliases {
            after.aliases = aliases(list);
        }
        if let Some(list) = &input.challenges {
            after.challenges = Json(list.clone());
        }
        if let Some(list) = &input.strengths {
            after.strengths = Json(list.clone());
        }
        if !input.website.is_undefined() {
            after.website = input.website.as_opt_ref().flatten().cloned();
        }
        if let Some(revision) = text::revise(tx, &after, &input.text).await? {
            revision.save::<City>(tx, &mut after).await?;
        }
        let mut links = Vec::new();
        if let Some(themes) = &self.themes {
            links.push(Links { join: &row::THEMES, to: themes.clone() });
        }
        tx.change(&before, after.derived(), &links).await?;
        Ok(self.id)
    }
}

/// The cities' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "CityMutation")]
impl Mutation {
    /// Adds a city to the hub. For officers of the programmes it joins, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    async fn create_city(&self, ctx: &Context<'_>, input: CreateCityInput) -> Result<CreateCityPayload> {
        let done = ctx.submit("createCity", input.idempotency_key.clone(), input, Create::read).await;
        CreateCityPayload::of(ctx, done).await
    }

    /// Changes a city. For its representatives, officers of its programmes, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    async fn update_city(&self, ctx: &Context<'_>, input: UpdateCityInput) -> Result<UpdateCityPayload> {
        let done = ctx.submit("updateCity", input.idempotency_key.clone(), input, Update::read).await;
        UpdateCityPayload::of(ctx, done).await
    }
}
