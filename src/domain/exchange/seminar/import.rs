//! Importing seminars.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Row, Seminar,
    registration::RegistrationRecord,
    row::{Format, State},
    time,
};
use crate::{
    base::{Code, Kind, Moment, Result, refuse_if},
    domain::{
        city::{self, City},
        pairing::{self, Pairing},
        programme::Programme,
    },
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of a seminar. Without `state` it is scheduled, without `audience` public. A source that tells no reason why one
/// was cancelled is not made to.
#[derive(Deserialize, Serialize)]
pub struct SeminarRecord {
    slug: String,
    seminar_kind: Format,
    starts_at: Moment,
    ends_at: Option<Moment>,
    time_zone: String,
    place: Option<String>,
    link: Option<String>,
    capacity: Option<i64>,
    registration_closes_at: Option<Moment>,
    state: Option<State>,
    cancelled_reason: Option<String>,
    audience: Option<String>,
    /// Places that are taken. Those of a seminar that is there already are left as they are.
    #[serde(default)]
    registrations: Vec<RegistrationRecord>,
    #[serde(flatten)]
    named: NamedRecord<Seminar>,
    #[serde(flatten)]
    texts: TextsRecord<Seminar>,
}

impl Importable for SeminarRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let ids = |kind: &'static str, field: &str| -> Vec<Uuid> {
            records.iter().filter_map(|record| context.find(kind, record.named.slug(field)?)).collect()
        };
        let (hosts, pairings) = (ids(City::NAME, "host"), ids(Pairing::NAME, "pairing"));
        Box::pin(async move {
            tx.know(&city::PROGRAMMES, &hosts).await?;
            tx.know(&pairing::CITIES, &pairings).await
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let texts = self.texts.prepare(None)?;
        for (index, registration) in self.registrations.iter().enumerate() {
            registration.row(context.own_id(before, &self.slug), context, tx)?;
            let is_twice = self.registrations[..index].iter().any(|earlier| earlier.person == registration.person);
            let message = format!("“registrations” names “{}” twice.", registration.person);
            refuse_if(is_twice, Code::BadInput, "registrations", message)?;
        }
        let state = self.state.unwrap_or(State::Scheduled);
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            seminar_kind: self.seminar_kind,
            title: self.texts.text.words("title"),
            folded: String::new(),
            description: texts.original.get("description").cloned().unwrap_or_default(),
            language: texts.language.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            host: self.named.id::<City>("host", context)?,
            programme: self.named.maybe::<Programme>("programme", context)?,
            pairing: self.named.maybe::<Pairing>("pairing", context)?,
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
        })
        .derived();
        Ok(Prepared { row, links: self.named.links(context)?, texts: Some(texts) })
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
        let mut registrations = RegistrationRecord::of_all(&rows, context).await?;
        let record = |row: Row, named, texts| {
            Ok(Self {
                texts,
                named,
                audience: Some(context.audience(&row.audience)?),
                registrations: registrations.remove(&row.id.uuid()).unwrap_or_default(),
                slug: row.slug,
                seminar_kind: row.seminar_kind,
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
        context.written_records(rows, record).await
    }
}
