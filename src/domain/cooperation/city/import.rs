//! Importing cities.
use serde::{Deserialize, Serialize};

use super::{
    City, Row,
    node::{CityKind, kind_of, word_of},
    row::{self, Alias, Population},
};
use crate::{
    access::Audience,
    base::{Moment, Result},
    kernel::{
        country::Country,
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord, own_id},
        text::{Fields, Saved, Written},
    },
    store::{Json, Tx},
};

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "expected a number of inhabitants, or a list of such numbers, each with its boundary, year and source")]
enum Populations {
    Count(i64),
    List(Vec<Population>),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "expected a name, or a name with its language and source")]
enum AliasRecord {
    Name(String),
    Full(Alias),
}

/// A record of a city.
#[derive(Deserialize, Serialize)]
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
    #[serde(default)]
    challenges: Vec<String>,
    #[serde(default)]
    strengths: Vec<String>,
    side: Option<String>,
    website: Option<String>,
    source: Option<String>,
    state: Option<String>,
    #[serde(flatten)]
    named: NamedRecord<City>,
    #[serde(flatten)]
    texts: TextsRecord<City>,
}

impl Importable for CityRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        context.set_note(note(&self.slug), self.name.clone());
        let populations = match &self.population {
            None => Vec::new(),
            Some(Populations::Count(value)) => vec![Population { boundary: None, value: *value, year: None, source: None }],
            Some(Populations::List(list)) => list.clone(),
        };
        let aliases = self.aliases.iter().map(|alias| match alias {
            AliasRecord::Name(name) => Alias { name: name.clone(), language: None, source: None },
            AliasRecord::Full(alias) => alias.clone(),
        });
        let texts = self.texts.prepare(Some("en"))?;
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
            country: Country::of(&self.country).map_or_else(|| self.country.clone(), |country| country.code().to_owned()),
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
            profile: self.texts.text.fields.get("profile").cloned(),
            challenges: Json(self.challenges.clone()),
            strengths: Json(self.strengths.clone()),
            language: texts.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            side: self.side.clone(),
            website: self.website.clone(),
            source: self.source.clone(),
        }
        .derived();
        // A city without a profile has no texts.
        let texts = row.profile.is_some().then_some(texts);
        Ok(Prepared { row, links: self.named.links(context)?, texts })
    }

    fn with_texts(row: &mut Row, saved: Saved, original: &Fields) {
        City::keep(row, saved, original);
    }
}

impl Exportable for CityRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (named, texts) = (NamedRecord::of_all(&rows, context).await?, context.texts(&rows).await?);
        let record = |(row, named): (Row, _)| Self {
            texts: TextsRecord::of(&row, &texts),
            named,
            slug: row.slug,
            name: row.name,
            country: row.country,
            city_kind: Some(kind_of(&row.city_kind)),
            latitude: row.latitude,
            longitude: row.longitude,
            population: Some(Populations::List(row.populations.0)),
            aliases: row.aliases.0.into_iter().map(AliasRecord::Full).collect(),
            challenges: row.challenges.0,
            strengths: row.strengths.0,
            side: row.side,
            website: row.website,
            source: row.source,
            state: Some(row.state),
        };
        Ok(rows.into_iter().zip(named).map(record).collect())
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
