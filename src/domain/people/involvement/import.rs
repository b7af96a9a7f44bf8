//! Importing involvements.
use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::BoxFuture;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Involvement, Row,
    row::{Phase, State, Support},
};
use crate::{
    access::Audience,
    base::{Code, Moment, Result, refuse, refuse_if},
    domain::{
        about::{self, known_of},
        organisation::Organisation,
        person::Person,
    },
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, own_id},
    },
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

impl InvolvementRecord {
    fn about(&self, context: &ImportContext) -> Result<(&'static str, Uuid)> {
        let named = self.about.split_once(':').and_then(|(kind, slug)| Some((about::kind_of(kind)?, slug)));
        match named {
            Some((kind, slug)) => Ok((kind, context.id_of(kind, slug, "about")?)),
            None => {
                let told = &self.about;
                let message =
                    format!("“about” is “{told}”; it is “city:…”, “pairing:…”, “practice:…”, “programme:…” or “seminar:…” with a slug.");
                refuse(Code::BadInput, "about", message)
            }
        }
    }

    fn audience(&self, context: &ImportContext, about: Uuid) -> Result<Audience> {
        let parent = context.audience_of(about);
        let Some(told) = &self.audience else { return Ok(parent) };
        let audience = context.audience(told)?;
        let is_narrower = audience.within(&parent, &[]) || audience.parts().0 < parent.parts().0;
        let message = format!("“audience” is “{told}”, which is wider than that of what it is about.");
        refuse_if(!is_narrower, Code::TooWide, "audience", message)?;
        Ok(audience)
    }
}

impl Importable for InvolvementRecord {
    type Row = Row;

    fn slug(&self) -> &str {
        &self.slug
    }

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            let mut asked: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
            for (kind, about) in records.into_iter().filter_map(|record| record.about(context).ok()) {
                asked.entry(kind).or_default().insert(about);
            }
            context.known.clear();
            for (kind, ids) in asked {
                for (id, known) in known_of(tx, kind, &ids.into_iter().collect::<Vec<_>>()).await? {
                    context.known.insert(id, (known.belongs, known.owners));
                }
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let (kind, about) = self.about(context)?;
        let (belongs, owners) = context.known.get(&about).cloned().unwrap_or_default();
        let row = Row {
            id: own_id::<Involvement>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: self.audience(context, about)?,
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            organisation: self.named.id::<Organisation>("organisation", context)?,
            name: self.named.slug("organisation").unwrap_or_default().to_owned(),
            about_kind: kind.to_owned(),
            about,
            phases: Json(self.phases.clone()),
            role: self.role.clone(),
            support: Json(self.support.clone()),
            from: self.from.map(Json),
            to: self.to.map(Json),
            contact: self.named.maybe::<Person>("contact", context)?,
            state: self.state.unwrap_or(State::Active),
            belongs: Json(belongs),
            owners: Json(owners),
        };
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for InvolvementRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let named = NamedRecord::of_all(&rows, context).await?;
        let record = |(row, named): (Row, _)| {
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
        rows.into_iter().zip(named).map(record).collect()
    }
}
