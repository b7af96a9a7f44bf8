//! Importing adoptions.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Adoption, Row, maturity,
    row::{Phase, Reached, State},
    write,
};
use crate::{
    base::text::is_blank,
    domain::{
        city::City,
        practice::{self, Practice, Source},
        seminar::Seminar,
    },
    kernel::prelude::import::*,
};

/// A record of an adoption. Without `state` it is concluded where it has an outcome, else in progress; without `phases` the city is interested, since a day that
/// is not known. Who may see it follows from what the two cities consented to.
#[derive(Deserialize, Serialize)]
pub struct AdoptionRecord {
    slug: String,
    practice_version: Option<i64>,
    state: Option<State>,
    /// The first first.
    #[serde(default)]
    phases: Vec<Reached>,
    #[serde(flatten)]
    columns: ColumnsRecord<Adoption>,
    #[serde(flatten)]
    named: NamedRecord<Adoption>,
    #[serde(flatten)]
    texts: TextsRecord<Adoption>,
}

impl Importable for AdoptionRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        let named = records.iter().flat_map(|record| ["practice", "becomes"].map(|field| record.named.slug(field)));
        let practices: Vec<Uuid> = named.flatten().filter_map(|slug| context.find(Practice::NAME, slug)).collect();
        Box::pin(async move {
            for (practice, source) in practice::sources_of(tx, &practices).await? {
                context.set_note(note_of(Adoption::NAME, practice), serde_json::to_string(&source)?);
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let (practice, city) = (self.named.id::<Practice>("practice", context)?, self.named.id::<City>("city", context)?);
        let moved = "An adoption stays with its practice and the city that took it up; make a new one for others.";
        let is_other = before.is_some_and(|row| (row.practice, row.city) != (practice, city));
        refuse_if(is_other, Code::BadInput, "practice", moved)?;
        let source = |practice: Uuid, field: &str| match context.noted(&note_of(Adoption::NAME, practice)) {
            Some(noted) => Ok(serde_json::from_str::<Source>(noted)?),
            None => refuse(Code::NotFound, field, format!("“{field}” names a practice that is not there.")),
        };
        let taken = source(practice.uuid(), "practice")?;
        let becomes = self.named.maybe::<Practice>("becomes", context)?;
        if let Some(becomes) = becomes {
            write::is_of_city(&source(becomes.uuid(), "becomes")?, city, "becomes")?;
        }
        let phases = if self.phases.is_empty() { vec![Reached { phase: Phase::Interest, on: None }] } else { self.phases.clone() };
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            practice,
            practice_version: write::version_of(self.practice_version, &taken, "practice_version")?,
            owner: taken.city,
            city,
            seminar: self.named.maybe::<Seminar>("seminar", context)?,
            becomes,
            phases: Json(phases),
            is_practice_public: taken.is_public,
        });
        self.columns.put(&mut row);
        let usual = if row.outcome.is_some() { State::Concluded } else { State::InProgress };
        row.state = self.state.unwrap_or(usual);
        let tells = self.texts.text.fields.get("lessons").is_some_and(|lessons| !is_blank(lessons));
        refuse_if(row.outcome.is_some() && !tells, Code::Required, "lessons", write::UNTOLD)?;
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts })
    }

    fn follow<'t>(new: Vec<Row>, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<()>> {
        let working = new.iter().filter(|row| row.works_for_all_to_see()).map(|row| row.practice.uuid());
        let practices: Vec<Uuid> = working.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        Box::pin(async move {
            if practices.is_empty() {
                return Ok(());
            }
            tx.insert_pending().await?;
            maturity::reckon(tx, &practices).await
        })
    }
}

impl Exportable for AdoptionRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                practice_version: Some(row.practice_version),
                slug: row.slug,
                state: Some(row.state),
                phases: row.phases.0,
            })
        };
        context.written_records(rows, record).await
    }
}
