//! Importing pairings.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Pairing, Row,
    row::{Acceptance, State},
};
use crate::{
    domain::{
        call::{self, Call},
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::import::*,
};

/// That a city accepted a newer version of the rules, as records tell it: the city by its slug.
#[derive(Debug, Deserialize, Serialize)]
struct AcceptanceRecord {
    city: String,
    version: i64,
    on: Date,
}

/// A record of a pairing. Without `rules_version` it keeps the one it has, and is bound by the newest rules of its call where it is new. Without `name` it is called by its cities, without `audience` it is public.
#[derive(Deserialize, Serialize)]
pub struct PairingRecord {
    slug: String,
    name: Option<String>,
    language: Option<Language>,
    state: Option<State>,
    audience: Option<String>,
    rules_version: Option<i64>,
    #[serde(default)]
    rules_accepted: Vec<AcceptanceRecord>,
    #[serde(flatten)]
    columns: ColumnsRecord<Pairing>,
    #[serde(flatten)]
    named: NamedRecord<Pairing>,
}

impl Importable for PairingRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            call::note_rules(tx, context).await?;
            city::note_names(tx, context).await
        })
    }

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let named = records.iter().flat_map(|record| record.named.slugs("cities")).filter_map(|slug| context.find(City::NAME, slug));
        let cities: Vec<Uuid> = named.collect();
        Box::pin(async move { tx.know(&city::PROGRAMMES, &cities).await })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let call = self.named.maybe::<Call>("call", context)?;
        let accepted = |record: &AcceptanceRecord| {
            Ok(Acceptance { city: context.id::<City>(&record.city, "rules_accepted")?.uuid(), version: record.version, on: record.on })
        };
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            programme: self.named.id::<Programme>("programme", context)?,
            call,
            rules_version: self.rules_version.or_else(|| match before.filter(|before| before.call == call) {
                Some(before) => before.rules_version,
                None => call::noted_rules(context, self.named.slug("call")?),
            }),
            rules_accepted: Json(self.rules_accepted.iter().map(accepted).collect::<Result<_>>()?),
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
        let accepted = |own: Acceptance| Ok(AcceptanceRecord { city: context.name(own.city)?, version: own.version, on: own.on });
        let record = |row: Row, named| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                named,
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                rules_version: row.rules_version,
                rules_accepted: row.rules_accepted.0.into_iter().map(accepted).collect::<Result<_>>()?,
                name: Some(row.name),
                language: Some(row.language),
                state: Some(row.state),
            })
        };
        context.records(rows, record).await
    }
}
