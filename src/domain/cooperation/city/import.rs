//! Importing cities.
use serde::{Deserialize, Serialize};

use super::{
    City, Row,
    node::{CityKind, kind_of, word_of},
    row::{self, Alias, Population},
};
use crate::{
    access::Audience,
    base::{Code, Language, Moment, Result, link::may_lead, refuse, refuse_if},
    domain::{programme::Programme, theme::Theme},
    kernel::{
        country::Country,
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, Texts, own_id},
        text,
    },
    store::{Json, Links, Tx},
};

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum Populations {
    Count(i64),
    List(Vec<Population>),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum AliasRecord {
    Name(String),
    Full(Alias),
}

#[derive(Debug, Deserialize, Serialize)]
struct Translation {
    language: Language,
    profile: String,
    of_version: Option<i64>,
}

/// A record of a city.
#[derive(Debug, Deserialize, Serialize)]
pub struct CityRecord {
    slug: String,
    name: String,
    country: String,
    city_kind: Option<CityKind>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    population: Option<Populations>,
    #[serde(default)]
    aliases: Vec<AliasRecord>,
    profile: Option<String>,
    #[serde(default)]
    challenges: Vec<String>,
    #[serde(default)]
    strengths: Vec<String>,
    language: Option<Language>,
    text_version: Option<i64>,
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    programmes: Vec<String>,
    side: Option<String>,
    website: Option<String>,
    source: Option<String>,
    state: Option<String>,
    #[serde(default)]
    translations: Vec<Translation>,
}

impl Importable for CityRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        context.set_note(note(&self.slug), self.name.clone());
        let Some(country) = Country::of(&self.country) else {
            return refuse(
                Code::BadInput,
                "country",
                format!("“country” is “{}”; it is an ISO 3166-1 two-letter code such as “DE”.", self.country),
            );
        };
        refuse_if(self.name.trim().is_empty(), Code::Required, "name", "“name” is empty.")?;
        refuse_if(
            self.latitude.is_some() != self.longitude.is_some(),
            Code::Required,
            "latitude",
            "“latitude” and “longitude” come together.",
        )?;
        let on_earth = self.latitude.is_none_or(|latitude| (-90.0..=90.0).contains(&latitude))
            && self.longitude.is_none_or(|longitude| (-180.0..=180.0).contains(&longitude));
        refuse_if(!on_earth, Code::BadInput, "latitude", "“latitude” is -90 to 90 and “longitude” -180 to 180 degrees.")?;
        may_lead(self.website.as_deref(), "website")?;
        let populations = match &self.population {
            None => Vec::new(),
            Some(Populations::Count(value)) => vec![Population { boundary: None, value: *value, year: None, source: None }],
            Some(Populations::List(list)) => list.clone(),
        };
        let aliases = self.aliases.iter().map(|alias| match alias {
            AliasRecord::Name(name) => Alias { name: name.clone(), language: None, source: None },
            AliasRecord::Full(alias) => alias.clone(),
        });
        let language =
            self.language.clone().or_else(|| Language::parse("en")).ok_or_else(|| crate::base::Fault::new("“en” is a language"))?;
        let row = Row {
            id: own_id::<City>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: Audience::public(),
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            name: self.name.clone(),
            folded: String::new(),
            names: String::new(),
            country: country.code().to_owned(),
            city_kind: word_of(self.city_kind.unwrap_or(CityKind::City)).to_owned(),
            state: self.state.clone().unwrap_or_else(|| "confirmed".to_owned()),
            latitude: self.latitude,
            longitude: self.longitude,
            x: None,
            y: None,
            z: None,
            population: None,
            populations: Json(populations),
            aliases: Json(aliases.collect()),
            profile: self.profile.clone(),
            challenges: Json(self.challenges.clone()),
            strengths: Json(self.strengths.clone()),
            language: language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            side: self.side.clone(),
            website: self.website.clone(),
            source: self.source.clone(),
        }
        .derived();
        let links = vec![
            Links { join: &row::THEMES, to: context.list::<Theme>(&self.themes, "themes")? },
            Links { join: &row::PROGRAMMES, to: context.list::<Programme>(&self.programmes, "programmes")? },
        ];
        let fields = |profile: &str| text::Fields::from([("profile".to_owned(), profile.to_owned())]);
        let texts = self.profile.as_deref().map(|profile| Texts {
            language,
            original: fields(profile),
            translations: self
                .translations
                .iter()
                .map(|t| text::Draft { language: t.language.clone(), fields: fields(&t.profile), of_version: t.of_version })
                .collect(),
            version: self.text_version,
        });
        Ok(Prepared { row, links, texts })
    }

    fn with_texts(row: &mut Row, saved: text::Saved) {
        row.text_version = saved.text_version;
        row.languages = Json(saved.heads);
    }
}

impl Exportable for CityRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (mut themes, mut programmes) = (context.links(&row::THEMES, &rows).await?, context.links(&row::PROGRAMMES, &rows).await?);
        let texts = context.texts(&rows).await?;
        let translation = |text: &text::Row| Translation {
            language: text.language.clone(),
            profile: text.field("profile").unwrap_or_default().to_owned(),
            of_version: Some(text.of_version),
        };
        let record = |row: Row| Self {
            themes: themes.remove(&row.id.uuid()).unwrap_or_default(),
            programmes: programmes.remove(&row.id.uuid()).unwrap_or_default(),
            translations: texts.translations(row.id.uuid()).into_iter().map(translation).collect(),
            text_version: row.profile.is_some().then_some(row.text_version),
            slug: row.slug,
            name: row.name,
            country: row.country,
            city_kind: Some(kind_of(&row.city_kind)),
            latitude: row.latitude,
            longitude: row.longitude,
            population: Some(Populations::List(row.populations.0)),
            aliases: row.aliases.0.into_iter().map(AliasRecord::Full).collect(),
            profile: row.profile,
            challenges: row.challenges.0,
            strengths: row.strengths.0,
            language: Some(row.language),
            side: row.side,
            website: row.website,
            source: row.source,
            state: Some(row.state),
        };
        Ok(rows.into_iter().map(record).collect())
    }
}

/// Under which note a city's name stands; a slash is in no slug, so it is nobody else's note.
fn note(slug: &str) -> String {
    format!("city/{slug}")
}

/// Notes the names of the cities that are there, beside those this import brings.
pub async fn note_names(tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    for city in tx.all(tx.every::<row::Entity>()).await? {
        context.note_first(note(&city.slug), city.name);
    }
    Ok(())
}

/// The noted name of a city, else its slug.
pub fn noted_name(context: &ImportContext, slug: &str) -> String {
    context.noted(&note(slug)).unwrap_or(slug).to_owned()
}
