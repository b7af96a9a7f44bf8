//! Importing assessments.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Assessment, Row, row::State, score};
use crate::{
    base::Id,
    domain::{
        application::{self, Application},
        call::{AssessmentRules, Terms},
        person::Person,
    },
    kernel::prelude::import::*,
};

/// A record of an assessment. Without `state` its assessor was asked; the score of one that was handed in is reckoned.
#[derive(Deserialize, Serialize)]
pub struct AssessmentRecord {
    slug: String,
    state: Option<State>,
    rules_version: Option<i64>,
    #[serde(default)]
    is_revealed: bool,
    #[serde(flatten)]
    columns: ColumnsRecord<Assessment>,
    #[serde(flatten)]
    named: NamedRecord<Assessment>,
}

/// What a record takes from its application and call.
#[derive(Deserialize, Serialize)]
struct Origin {
    call: Uuid,
    programme: Uuid,
    name: String,
    rules: AssessmentRules,
}

impl AssessmentRecord {
    fn origin(&self, context: &ImportContext) -> Result<Origin> {
        match context.noted(&note_of(Assessment::NAME, &self.slug)) {
            Some(noted) => Ok(serde_json::from_str(noted)?),
            None => refuse(Code::NotFound, "rules_version", "The call of its application has no rules of assessment of this version."),
        }
    }
}

impl Importable for AssessmentRecord {
    type Row = Row;

    fn look<'t>(records: Vec<&'t Self>, tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            let named = |record: &&Self| context.find(Application::NAME, record.named.slug("application")?);
            let ids: Vec<Uuid> = records.iter().filter_map(named).collect();
            let applications = application::facts_of_all(tx, &ids).await?;
            let terms = Terms::of_all(tx, &applications.iter().map(|facts| facts.call.uuid()).collect::<Vec<_>>()).await?;
            for record in records {
                let id = record.named.slug("application").and_then(|slug| context.find(Application::NAME, slug));
                let Some(facts) = applications.iter().find(|facts| Some(facts.id.uuid()) == id) else { continue };
                let rules = terms.get(&facts.call.uuid()).and_then(|terms| terms.assessment_rules_of(record.rules_version));
                let Some(rules) = rules.cloned() else { continue };
                let origin = Origin { call: facts.call.uuid(), programme: facts.programme.uuid(), name: facts.name.clone(), rules };
                context.set_note(note_of(Assessment::NAME, &record.slug), serde_json::to_string(&origin)?);
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let application = self.named.id::<Application>("application", context)?;
        let assessor = self.named.id::<Person>("assessor", context)?;
        let origin = self.origin(context)?;
        let state = self.state.unwrap_or(State::Asked);
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::of(Scope::Officers, origin.programme), {
            application,
            call: Id::new(origin.call),
            programme: Id::new(origin.programme),
            name: origin.name,
            assessor,
            state,
            rules_version: origin.rules.version,
            is_revealed: self.is_revealed && state == State::Submitted,
        });
        self.columns.put(&mut row);
        if state == State::Submitted {
            row.submitted_at = Some(row.submitted_at.or(before.and_then(|before| before.submitted_at)).unwrap_or_else(|| tx.now()));
            row.score = Some(score::score(&row.verdicts, &origin.rules));
        }
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for AssessmentRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            let columns = ColumnsRecord::of(&row);
            Ok(Self {
                columns,
                named,
                slug: row.slug,
                state: Some(row.state),
                rules_version: Some(row.rules_version),
                is_revealed: row.is_revealed,
            })
        };
        context.records(rows, record).await
    }
}
