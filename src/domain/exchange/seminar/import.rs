//! Importing seminars.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Row, Seminar,
    registration::{RegistrationRecord, Stand},
    row::State,
    time,
};
use crate::{
    domain::{
        city::{self, City},
        entry_of,
        organisation::Organisation,
        pairing::{self, Pairing},
        person::Person,
        programme::Programme,
    },
    kernel::{entry::Belonging, prelude::import::*},
};

/// A record of a seminar. Without `state` it is scheduled, without `audience` public. A source that tells no reason why one
/// was cancelled is not made to.
#[derive(Deserialize, Serialize)]
pub struct SeminarRecord {
    slug: String,
    state: Option<State>,
    audience: Option<String>,
    /// Places that are taken. Those of a seminar that is there already are left as they are.
    #[serde(default)]
    registrations: Vec<RegistrationRecord>,
    #[serde(flatten)]
    columns: ColumnsRecord<Seminar>,
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
        let (hosts, pairings, organisations) =
            (ids(City::NAME, "host"), ids(Pairing::NAME, "pairing"), ids(Organisation::NAME, "organisation"));
        Box::pin(async move {
            if let Some(entry) = entry_of(Organisation::NAME) {
                let owners = entry.owners_of(tx, &organisations).await?;
                context.known.extend(owners.into_iter().map(|(id, owners)| (id, Belonging { owners, ..Belonging::default() })));
            }
            tx.know(&city::PROGRAMMES, &hosts).await?;
            tx.know(&pairing::CITIES, &pairings).await
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        for (index, registration) in self.registrations.iter().enumerate() {
            registration.row(context.own_id(before, &self.slug), context, tx)?;
            let is_twice = self.registrations[..index].iter().any(|earlier| earlier.person == registration.person);
            let message = format!("“registrations” names “{}” twice.", registration.person);
            refuse_if(is_twice, Code::BadInput, "registrations", message)?;
        }
        let organisation = self.named.maybe::<Organisation>("organisation", context)?;
        let owners = organisation.and_then(|organisation| context.known.get(&organisation.uuid())).map(|known| known.owners.clone());
        let count = |state| self.registrations.iter().filter(|registration| registration.state() == state).count() as i64;
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            host: self.named.maybe::<City>("host", context)?,
            organisation,
            organisation_owners: Json(owners.unwrap_or_default()),
            proposed_by: self.named.maybe::<Person>("proposed_by", context)?,
            programme: self.named.maybe::<Programme>("programme", context)?,
            pairing: self.named.maybe::<Pairing>("pairing", context)?,
            registered: before.map_or_else(|| count(Stand::Registered), |row| row.registered),
            waiting: before.map_or_else(|| count(Stand::Waiting), |row| row.waiting),
            state: self.state.unwrap_or(State::Scheduled),
        });
        self.columns.put(&mut row);
        row.time_zone = time::zone(&row.time_zone, "time_zone")?;
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row: row.derived(), links: self.named.links(context)?, texts })
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
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                audience: Some(context.audience(&row.audience)?),
                registrations: registrations.remove(&row.id.uuid()).unwrap_or_default(),
                slug: row.slug,
                state: Some(row.state),
            })
        };
        context.written_records(rows, record).await
    }
}
