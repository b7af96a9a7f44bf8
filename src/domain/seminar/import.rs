//! Importing seminars.
use serde::Deserialize;

use super::{
    Row, Seminar,
    row::{self, Format, State},
    text as parts,
    time::{self, Times},
    write::{may_lead, somewhere},
};
use crate::{
    access::Audience,
    base::{Error, Language, Moment, Result},
    domain::{
        city::City,
        import::{Ground, Importable, Prepared, Texts, own_id},
        pairing::Pairing,
        practice::Practice,
        programme::Programme,
        text,
        theme::Theme,
    },
    store::{Json, Links, Tx},
};

#[derive(Debug, Deserialize)]
struct TranslationRecord {
    language: Language,
    of_version: Option<i64>,
    title: String,
    description: Option<String>,
}

/// A record of a seminar. Without `state` it is scheduled, without `audience` public. A source that tells no reason why one
/// was cancelled is not made to.
#[derive(Debug, Deserialize)]
pub struct SeminarRecord {
    slug: String,
    seminar_kind: Format,
    title: String,
    description: Option<String>,
    language: Language,
    host: String,
    starts_at: Moment,
    ends_at: Option<Moment>,
    time_zone: String,
    place: Option<String>,
    link: Option<String>,
    capacity: Option<i64>,
    registration_closes_at: Option<Moment>,
    state: Option<State>,
    cancelled_reason: Option<String>,
    programme: Option<String>,
    pairing: Option<String>,
    #[serde(default)]
    cities: Vec<String>,
    #[serde(default)]
    practices: Vec<String>,
    #[serde(default)]
    themes: Vec<String>,
    audience: Option<String>,
    #[serde(default)]
    translations: Vec<TranslationRecord>,
}

impl Importable for SeminarRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, ground: &mut Ground, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let original = parts::fields(&self.title, self.description.as_deref());
        let mut refusals = parts::check(&original, "");
        for translation in &self.translations {
            refusals.extend(parts::check(
                &parts::fields(&translation.title, translation.description.as_deref()),
                &format!("translations.{}.", translation.language),
            ));
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let times = Times { starts_at: self.starts_at, ends_at: self.ends_at, registration_closes_at: self.registration_closes_at };
        times.check("ends_at", "registration_closes_at")?;
        time::places(self.capacity, before.map_or(0, |row| row.registered), "capacity")?;
        somewhere(self.place.as_deref(), "place")?;
        may_lead(self.link.as_deref(), "link")?;
        let state = self.state.unwrap_or(State::Scheduled);
        let row = Row {
            id: own_id::<Seminar>(before.map(|row| row.id), ground, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: self.audience.as_deref().map_or_else(|| Ok(Audience::public()), |audience| ground.audience(audience))?,
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            seminar_kind: self.seminar_kind,
            title: self.title.trim().to_owned(),
            folded: String::new(),
            description: self.description.clone().unwrap_or_default(),
            language: self.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            host: ground.id::<City>(&self.host, "host")?,
            programme: ground.maybe::<Programme>(self.programme.as_deref(), "programme")?,
            pairing: ground.maybe::<Pairing>(self.pairing.as_deref(), "pairing")?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: time::zone(&self.time_zone, "time_zone")?,
            place: self.place.clone(),
            link: self.link.clone(),
            capacity: self.capacity,
            registered: before.map_or(0, |row| row.registered),
            registration_closes_at: self.registration_closes_at,
            state,
            cancelled_reason: self.cancelled_reason.clone(),
        }
        .derived();
        let links = vec![
            Links { join: &row::CITIES, to: ground.list::<City>(&self.cities, "cities")? },
            Links { join: &row::PRACTICES, to: ground.list::<Practice>(&self.practices, "practices")? },
            Links { join: &row::THEMES, to: ground.list::<Theme>(&self.themes, "themes")? },
        ];
        let translations = self.translations.iter().map(|t| text::Draft {
            language: t.language.clone(),
            fields: parts::fields(&t.title, t.description.as_deref()),
            of_version: t.of_version,
        });
        Ok(Prepared { row, links, texts: Some(Texts { language: self.language.clone(), original, translations: translations.collect() }) })
    }

    fn with_texts(row: &mut Row, saved: text::Saved) {
        row.text_version = saved.text_version;
        row.languages = Json(saved.heads);
    }
}
