//! Importing seminars.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{
    Row, Seminar,
    registration::RegistrationRecord,
    row::{self, Format, State},
    text as parts,
    time::{self, Times},
    write::somewhere,
};
use crate::{
    access::Audience,
    base::{Code, Error, Language, Moment, Result, link::may_lead, refuse_if},
    domain::{city::City, pairing::Pairing, practice::Practice, programme::Programme, theme::Theme},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, Texts, own_id},
        text,
    },
    store::{Json, Links, Tx},
};

#[derive(Debug, Deserialize, Serialize)]
struct TranslationRecord {
    language: Language,
    of_version: Option<i64>,
    title: String,
    description: Option<String>,
}

/// A record of a seminar. Without `state` it is scheduled, without `audience` public. A source that tells no reason why one
/// was cancelled is not made to.
#[derive(Debug, Deserialize, Serialize)]
pub struct SeminarRecord {
    slug: String,
    seminar_kind: Format,
    title: String,
    description: Option<String>,
    language: Language,
    text_version: Option<i64>,
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
    /// Places that are taken. Those of a seminar that is there already are left as they are.
    #[serde(default)]
    registrations: Vec<RegistrationRecord>,
    #[serde(default)]
    translations: Vec<TranslationRecord>,
}

impl Importable for SeminarRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
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
        time::places(self.capacity, before.map_or(self.registrations.len() as i64, |row| row.registered), "capacity")?;
        somewhere(self.place.as_deref(), "place")?;
        may_lead(self.link.as_deref(), "link")?;
        for (index, registration) in self.registrations.iter().enumerate() {
            registration.row(own_id::<Seminar>(before.map(|row| row.id), context, &self.slug), context, tx)?;
            let is_twice = self.registrations[..index].iter().any(|earlier| earlier.person == registration.person);
            let message = format!("“registrations” names “{}” twice.", registration.person);
            refuse_if(is_twice, Code::BadInput, "registrations", message)?;
        }
        let state = self.state.unwrap_or(State::Scheduled);
        let row = Row {
            id: own_id::<Seminar>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: self.audience.as_deref().map_or_else(|| Ok(Audience::public()), |audience| context.audience(audience))?,
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            seminar_kind: self.seminar_kind,
            title: self.title.trim().to_owned(),
            folded: String::new(),
            description: self.description.clone().unwrap_or_default(),
            language: self.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            host: context.id::<City>(&self.host, "host")?,
            programme: context.maybe::<Programme>(self.programme.as_deref(), "programme")?,
            pairing: context.maybe::<Pairing>(self.pairing.as_deref(), "pairing")?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: time::zone(&self.time_zone, "time_zone")?,
            place: self.place.clone(),
            link: self.link.clone(),
            capacity: self.capacity,
            registered: before.map_or(self.registrations.len() as i64, |row| row.registered),
            registration_closes_at: self.registration_closes_at,
            state,
            cancelled_reason: self.cancelled_reason.clone(),
        }
        .derived();
        let links = vec![
            Links { join: &row::CITIES, to: context.list::<City>(&self.cities, "cities")? },
            Links { join: &row::PRACTICES, to: context.list::<Practice>(&self.practices, "practices")? },
            Links { join: &row::THEMES, to: context.list::<Theme>(&self.themes, "themes")? },
        ];
        let translations = self.translations.iter().map(|t| text::Draft {
            language: t.language.clone(),
            fields: parts::fields(&t.title, t.description.as_deref()),
            of_version: t.of_version,
        });
        Ok(Prepared {
            row,
            links,
            texts: Some(Texts {
                language: self.language.clone(),
                original,
                translations: translations.collect(),
                version: self.text_version,
            }),
        })
    }

    fn with_texts(row: &mut Row, saved: text::Saved) {
        row.text_version = saved.text_version;
        row.languages = Json(saved.heads);
    }

    fn also<'t>(&'t self, row: &'t Row, is_new: bool, context: &'t ImportContext, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<bool>> {
        Box::pin(async move {
            for registration in self.registrations.iter().filter(|_| is_new) {
                tx.part(None, registration.row(row.id, context, tx)?).await?;
            }
            Ok(false)
        })
    }
}

impl Exportable for SeminarRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (mut cities, mut practices) = (context.links(&row::CITIES, &rows).await?, context.links(&row::PRACTICES, &rows).await?);
        let (mut themes, texts) = (context.links(&row::THEMES, &rows).await?, context.texts(&rows).await?);
        let mut registrations = RegistrationRecord::of_all(&rows, context).await?;
        let translation = |text: &text::Row| TranslationRecord {
            language: text.language.clone(),
            of_version: Some(text.of_version),
            title: text.field("title").unwrap_or_default().to_owned(),
            description: text.field("description").map(str::to_owned),
        };
        let record = |row: Row| {
            Ok(Self {
                host: context.slug(row.host)?,
                programme: context.maybe(row.programme)?,
                pairing: context.maybe(row.pairing)?,
                audience: Some(context.audience(&row.audience)?),
                cities: cities.remove(&row.id.uuid()).unwrap_or_default(),
                practices: practices.remove(&row.id.uuid()).unwrap_or_default(),
                themes: themes.remove(&row.id.uuid()).unwrap_or_default(),
                registrations: registrations.remove(&row.id.uuid()).unwrap_or_default(),
                translations: texts.translations(row.id.uuid()).into_iter().map(translation).collect(),
                text_version: Some(row.text_version),
                slug: row.slug,
                seminar_kind: row.seminar_kind,
                title: row.title,
                description: Some(row.description).filter(|text| !text.is_empty()),
                language: row.language,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                time_zone: row.time_zone,
                place: row.place,
                link: row.link,
                capacity: row.capacity,
                registration_closes_at: row.registration_closes_at,
                state: Some(row.state),
                cancelled_reason: row.cancelled_reason,
            })
        };
        rows.into_iter().map(record).collect()
    }
}
