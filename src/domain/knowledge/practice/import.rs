//! Importing practices.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Practice, Row,
    row::{Indicator, Money, State},
};
use crate::{
    access::{Audience, Scope},
    base::Result,
    domain::{
        city::City,
        pairing::{self, Pairing},
    },
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of a practice. Without `audience` it is public where it has a day of publication, else a draft of its city.
#[derive(Deserialize, Serialize)]
pub struct PracticeRecord {
    slug: String,
    published_on: Option<Date>,
    audience: Option<String>,
    state: Option<State>,
    started_on: Option<Date>,
    ended_on: Option<Date>,
    #[serde(default)]
    money: Vec<Money>,
    #[serde(default)]
    indicators: Vec<Indicator>,
    #[serde(default)]
    stakeholders: Vec<String>,
    withdrawn_reason: Option<String>,
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
        let texts = self.texts.prepare(None)?;
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
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            city,
            pairing: self.named.maybe::<Pairing>("pairing", context)?,
            state,
            title: self.texts.text.words("title"),
            folded: String::new(),
            summary: self.texts.text.words("summary"),
            language: texts.language.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            published_on,
            published_at: before.map_or(tx.now(), |row| row.published_at),
            year: None,
            started_on: self.started_on.map(Json),
            ended_on: self.ended_on.map(Json),
            money: Json(self.money.clone()),
            indicators: Json(self.indicators.clone()),
            stakeholders: Json(self.stakeholders.clone()),
            withdrawn_reason: self.withdrawn_reason.clone(),
            successor: self.named.maybe::<Practice>("successor", context)?,
        })
        .derived();
        Ok(Prepared { row, links: self.named.links(context)?, texts: Some(texts) })
    }
}

impl Exportable for PracticeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                texts,
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                published_on: row.published_on.map(|day| day.0),
                state: Some(row.state),
                started_on: row.started_on.map(|day| day.0),
                ended_on: row.ended_on.map(|day| day.0),
                money: row.money.0,
                indicators: row.indicators.0,
                stakeholders: row.stakeholders.0,
                withdrawn_reason: row.withdrawn_reason,
            })
        };
        context.written_records(rows, record).await
    }
}
