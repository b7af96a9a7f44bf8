//! Importing pairings.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Pairing, Row,
    row::{self, State},
};
use crate::{
    access::Audience,
    base::{Code, Fault, Language, Moment, Result, refuse_if},
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, own_id},
    },
    store::{Json, Links, Tx},
};

/// A record of a pairing. Without `name` it is called by its cities, without `audience` it is public.
#[derive(Debug, Deserialize, Serialize)]
pub struct PairingRecord {
    slug: String,
    programme: String,
    call: Option<String>,
    cities: Vec<String>,
    name: Option<String>,
    summary: Option<String>,
    language: Option<Language>,
    started_on: Option<Date>,
    theme: Option<String>,
    state: Option<State>,
    source: Option<String>,
    audience: Option<String>,
}

impl Importable for PairingRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(city::note_names(tx, context))
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let cities = context.list::<City>(&self.cities, "cities")?;
        refuse_if(
            cities.len() < 2,
            Code::BadInput,
            "cities",
            "“cities” names fewer than two different cities; a pairing joins two or more.",
        )?;
        let language = self.language.clone().or_else(|| Language::parse("en")).ok_or_else(|| Fault::new("“en” is a language"))?;
        let row = Row {
            id: own_id::<Pairing>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: self.audience.as_deref().map_or_else(|| Ok(Audience::public()), |audience| context.audience(audience))?,
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            programme: context.id::<Programme>(&self.programme, "programme")?,
            call: context.maybe::<Call>(self.call.as_deref(), "call")?,
            name: match self.name.as_deref().map(str::trim) {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => super::write::called(self.cities.iter().map(|slug| city::noted_name(context, slug))),
            },
            folded: String::new(),
            summary: self.summary.clone(),
            language,
            started_on: self.started_on.map(Json),
            theme: context.maybe::<Theme>(self.theme.as_deref(), "theme")?,
            state: self.state.unwrap_or(State::Matched),
            source: self.source.clone(),
        }
        .derived();
        Ok(Prepared { row, links: vec![Links { join: &row::CITIES, to: cities }], texts: None })
    }
}

impl Exportable for PairingRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let mut cities = context.links(&row::CITIES, &rows).await?;
        let record = |row: Row| {
            Ok(Self {
                cities: cities.remove(&row.id.uuid()).unwrap_or_default(),
                programme: context.slug(row.programme)?,
                call: context.maybe(row.call)?,
                theme: context.maybe(row.theme)?,
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
        rows.into_iter().map(record).collect()
    }
}
