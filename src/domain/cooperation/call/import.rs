//! Importing calls.
use serde::{Deserialize, Serialize};

use super::{
    Row,
    row::{Rules, State},
};
use crate::{
    access::Audience,
    base::{Moment, Result, date::ImpreciseDate},
    domain::programme::Programme,
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of a call.
#[derive(Debug, Deserialize, Serialize)]
pub struct CallRecord {
    slug: String,
    programme: String,
    name: String,
    side: Option<String>,
    description: Option<String>,
    opens: Option<ImpreciseDate>,
    closes: Option<ImpreciseDate>,
    state: State,
    source: Option<String>,
    rules: Rules,
}

impl Importable for CallRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            programme: context.id::<Programme>(&self.programme, "programme")?,
            name: self.name.trim().to_owned(),
            side: self.side.clone(),
            description: self.description.clone(),
            state: self.state,
            opens: self.opens.clone().map(Json),
            closes: self.closes.clone().map(Json),
            opens_at: Moment(0),
            opens_by: Moment(0),
            rules: Json(self.rules.clone()),
            source: self.source.clone(),
        })
        .derived();
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for CallRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| {
            Ok(Self {
                programme: context.slug(row.programme)?,
                slug: row.slug,
                name: row.name,
                side: row.side,
                description: row.description,
                opens: row.opens.map(|opens| opens.0),
                closes: row.closes.map(|closes| closes.0),
                state: row.state,
                source: row.source,
                rules: row.rules.0,
            })
        };
        rows.into_iter().map(record).collect()
    }
}
