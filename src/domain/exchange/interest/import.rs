//! Importing interests.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Interest, Row, row::State};
use crate::{
    base::Id,
    domain::{
        city::{self, City},
        practice::{self, Practice},
    },
    kernel::prelude::import::*,
};

/// A record of an interest. Without `state` it waits for an answer; who may see it follows from the two cities.
#[derive(Deserialize, Serialize)]
pub struct InterestRecord {
    slug: String,
    state: Option<State>,
    language: Option<Language>,
    #[serde(flatten)]
    columns: ColumnsRecord<Interest>,
    #[serde(flatten)]
    named: NamedRecord<Interest>,
}

impl Importable for InterestRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let ids = |kind: &'static str, field: &str| -> Vec<Uuid> {
            records.iter().filter_map(|record| context.find(kind, record.named.slug(field)?)).collect()
        };
        let (practices, cities) = (ids(Practice::NAME, "practice"), ids(City::NAME, "city"));
        Box::pin(async move {
            for (practice, owner) in practice::cities_of(tx, &practices).await? {
                context.set_note(note_of(Interest::NAME, practice), owner.to_string());
            }
            for facts in city::facts_of_all(tx, &cities).await? {
                context.set_note(note_of(Interest::NAME, facts.id.uuid()), facts.name);
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let (practice, city) = (self.named.id::<Practice>("practice", context)?, self.named.id::<City>("city", context)?);
        let noted = |id: Uuid| context.noted(&note_of(Interest::NAME, id)).map(str::to_owned);
        let (Some(owner), Some(name)) = (noted(practice.uuid()), noted(city.uuid())) else {
            return refuse(Code::NotFound, "practice", "“practice” or “city” names what is not there.");
        };
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            practice,
            owner: Id::parse(&owner, "practice")?,
            city,
            name: before.filter(|before| before.city == city).map_or(name, |before| before.name.clone()),
            language: self.language.clone().unwrap_or_else(Language::english),
            state: self.state.unwrap_or(State::Expressed),
        });
        self.columns.put(&mut row);
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts: None })
    }
}

impl Exportable for InterestRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            Ok(Self { columns: ColumnsRecord::of(&row), named, slug: row.slug, state: Some(row.state), language: Some(row.language) })
        };
        context.records(rows, record).await
    }
}
