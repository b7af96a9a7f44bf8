//! Importing involvements.
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Involvement, Row,
    row::{Phase, State, Support},
};
use crate::{
    base::Result,
    domain::{about, organisation::Organisation, person::Person},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of an involvement. Without `state` it is active, without `audience` as wide as what it is about.
#[derive(Deserialize, Serialize)]
pub struct InvolvementRecord {
    slug: String,
    about: String,
    phases: Vec<Phase>,
    role: Option<String>,
    #[serde(default)]
    support: Vec<Support>,
    from: Option<Date>,
    to: Option<Date>,
    state: Option<State>,
    audience: Option<String>,
    #[serde(flatten)]
    named: NamedRecord<Involvement>,
}

impl Importable for InvolvementRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(about::look(records.into_iter().map(|record| &*record.about), tx, context))
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let subject = about::named(&self.about, context)?;
        let organisation = self.named.id::<Organisation>("organisation", context)?;
        let audience = about::recorded_audience(self.audience.as_deref(), &[subject.id, organisation.uuid()], context)?;
        let belonging = context.known.get(&subject.id).cloned().unwrap_or_default();
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), audience, {
            organisation,
            name: self.named.slug("organisation").unwrap_or_default().to_owned(),
            about_kind: subject.kind.to_owned(),
            about: subject.id,
            phases: Json(self.phases.clone()),
            role: self.role.clone(),
            support: Json(self.support.clone()),
            from: self.from.map(Json),
            to: self.to.map(Json),
            contact: self.named.maybe::<Person>("contact", context)?,
            state: self.state.unwrap_or(State::Active),
            belongs: Json(belonging.belongs),
            owners: Json(belonging.owners),
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for InvolvementRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            Ok(Self {
                named,
                about: format!("{}:{}", row.about_kind, context.name(row.about)?),
                audience: Some(context.audience(&row.audience)?),
                slug: row.slug,
                phases: row.phases.0,
                role: row.role,
                support: row.support.0,
                from: row.from.map(|day| day.0),
                to: row.to.map(|day| day.0),
                state: Some(row.state),
            })
        };
        context.records(rows, record).await
    }
}
