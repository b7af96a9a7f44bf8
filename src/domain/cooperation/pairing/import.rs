//! Importing pairings.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Pairing, Row, row::State};
use crate::{
    base::{Fault, Kind, Language, Result},
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of a pairing. Without `name` it is called by its cities, without `audience` it is public.
#[derive(Debug, Deserialize, Serialize)]
pub struct PairingRecord {
    slug: String,
    name: Option<String>,
    summary: Option<String>,
    language: Option<Language>,
    started_on: Option<Date>,
    state: Option<State>,
    source: Option<String>,
    audience: Option<String>,
    #[serde(flatten)]
    named: NamedRecord<Pairing>,
}

impl Importable for PairingRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(city::note_names(tx, context))
    }

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let named = records.iter().flat_map(|record| record.named.slugs("cities")).filter_map(|slug| context.find(City::NAME, slug));
        let cities: Vec<Uuid> = named.collect();
        Box::pin(async move { tx.know(&city::PROGRAMMES, &cities).await })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let language = self.language.clone().or_else(|| Language::parse("en")).ok_or_else(|| Fault::new("“en” is a language"))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            programme: self.named.id::<Programme>("programme", context)?,
            call: self.named.maybe::<Call>("call", context)?,
            name: match self.name.as_deref().map(str::trim) {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => super::write::called(self.named.slugs("cities").iter().map(|slug| city::noted_name(context, slug))),
            },
            folded: String::new(),
            summary: self.summary.clone(),
            language,
            started_on: self.started_on.map(Json),
            theme: self.named.maybe::<Theme>("theme", context)?,
            state: self.state.unwrap_or(State::Matched),
            source: self.source.clone(),
        })
        .derived();
        Ok(Prepared { row, links: self.named.links(context)?, texts: None })
    }
}

impl Exportable for PairingRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            Ok(Self {
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                name: Some(row.name),
                summary: row.summary,
                language: Some(row.language),
                started_on: row.started_on.map(|day| day.0),
                state: Some(row.state),
                source: row.source,
            })
        };
        context.records(rows, record).await
    }
}
