//! Importing practices.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Practice, Row,
    row::{Maturity, State},
};
use crate::{
    domain::{
        city::City,
        pairing::{self, Pairing},
    },
    kernel::prelude::import::*,
};

/// A record of a practice. Without `audience` it is public where it has a day of publication, else a draft of its city.
#[derive(Deserialize, Serialize)]
pub struct PracticeRecord {
    slug: String,
    published_on: Option<Date>,
    audience: Option<String>,
    state: Option<State>,
    #[serde(flatten)]
    columns: ColumnsRecord<Practice>,
    #[serde(flatten)]
    named: NamedRecord<Practice>,
    #[serde(flatten)]
    texts: TextsRecord<Practice>,
}

impl Importable for PracticeRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let named = records.iter().filter_map(|record| context.find("pairing", record.named.slug("pairing")?));
        let pairings: Vec<Uuid> = named.collect();
        Box::pin(async move { tx.know(&pairing::CITIES, &pairings).await })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let city = self.named.id::<City>("city", context)?;
        let audience = match &self.audience {
            Some(audience) => context.audience(audience)?,
            None if self.published_on.is_some() => Audience::public(),
            None => Audience::of(Scope::City, city.uuid()),
        };
        let today = before.and_then(|row| row.published_on.clone()).unwrap_or_else(|| Json(tx.now().day()));
        let published_on = match self.published_on {
            Some(day) => Some(Json(day)),
            None => audience.is_public().then_some(today),
        };
        let state = self.state.unwrap_or(if published_on.is_some() { State::Published } else { State::Draft });
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            city,
            pairing: self.named.maybe::<Pairing>("pairing", context)?,
            state,
            published_on,
            published_at: before.map_or(tx.now(), |row| row.published_at),
            successor: self.named.maybe::<Practice>("successor", context)?,
            maturity: before.map_or(Maturity::Promising, |row| row.maturity),
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row: row.derived(), links: self.named.links(context)?, texts })
    }
}

impl Exportable for PracticeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                published_on: row.published_on.map(|day| day.0),
                state: Some(row.state),
            })
        };
        context.written_records(rows, record).await
    }
}
