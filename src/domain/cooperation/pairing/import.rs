//! Importing pairings.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Pairing, Row, row::State};
use crate::{
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::import::*,
};

/// A record of a pairing. Without `name` it is called by its cities, without `audience` it is public.
#[derive(Deserialize, Serialize)]
pub struct PairingRecord {
    slug: String,
    name: Option<String>,
    language: Option<Language>,
    state: Option<State>,
    audience: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<Pairing>,
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
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            programme: self.named.id::<Programme>("programme", context)?,
            call: self.named.maybe::<Call>("call", context)?,
            name: match self.name.as_deref().map(str::trim) {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => super::write::called(self.named.slugs("cities").iter().map(|slug| city::noted_name(context, slug))),
            },
            language: self.language.clone().unwrap_or_else(Language::english),
            theme: self.named.maybe::<Theme>("theme", context)?,
            state: self.state.unwrap_or(State::Matched),
        });
        self.columns.put(&mut row);
        Ok(Prepared { row: row.derived(), links: self.named.links(context)?, texts: None })
    }
}

impl Exportable for PairingRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                name: Some(row.name),
                language: Some(row.language),
                state: Some(row.state),
            })
        };
        context.records(rows, record).await
    }
}
