//! Importing involvements.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{Involvement, Row, row::State};
use crate::{
    domain::{
        about,
        organisation::{self, Organisation},
        person::Person,
    },
    kernel::prelude::import::*,
};

/// A record of an involvement. Without `state` it is active, without `audience` as wide as what it is about.
#[derive(Deserialize, Serialize)]
pub struct InvolvementRecord {
    slug: String,
    about: String,
    state: Option<State>,
    audience: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<Involvement>,
    #[serde(flatten)]
    named: NamedRecord<Involvement>,
}

impl Importable for InvolvementRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            organisation::note_names(records.iter().filter_map(|record| record.named.slug("organisation")), tx, context).await?;
            about::look(records.into_iter().map(|record| &*record.about), tx, context).await
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let subject = about::named(&self.about, context)?;
        let organisation = self.named.id::<Organisation>("organisation", context)?;
        let audience = about::recorded_audience(self.audience.as_deref(), &[subject.id, organisation.uuid()], context)?;
        let belonging = context.known.get(&subject.id).cloned().unwrap_or_default();
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            organisation,
            name: match before.filter(|row| row.organisation == organisation) {
                Some(row) => row.name.clone(),
                None => organisation::noted_name(context, organisation).to_owned(),
            },
            about_kind: subject.kind.to_owned(),
            about: subject.id,
            contact: self.named.maybe::<Person>("contact", context)?,
            state: self.state.unwrap_or(State::Active),
            belongs: Json(belonging.belongs),
            owners: Json(belonging.owners),
        });
        self.columns.put(&mut row);
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for InvolvementRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            let about = format!("{}:{}", row.about_kind, context.name(row.about)?);
            let audience = Some(context.audience(&row.audience)?);
            Ok(Self { columns: ColumnsRecord::of(&row), named, about, audience, slug: row.slug, state: Some(row.state) })
        };
        context.records(rows, record).await
    }
}
