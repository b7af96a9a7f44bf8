//! How far the assessment of an application is, for its officers.
use std::collections::HashMap;

use async_graphql::{Context, Result, SimpleObject};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Row, panel,
    row::{Column, Entity, State},
    score,
};
use crate::{
    base::{Id, Result as Done},
    domain::{
        application::Application,
        call::{self, Call},
    },
    relay::{context::Asking, loaders::Batch},
    store::{Reader, condition::among},
};

/// How far the assessment of an application is.
#[derive(Clone, Debug, SimpleObject)]
pub struct AssessmentSummary {
    /// How many assessors the call wants.
    pub wanted: i32,
    /// How many were asked and neither recused themselves nor were released.
    pub assessors: i32,
    /// How many of them have handed in.
    pub submitted: i32,
    /// How many had an interest.
    pub recused: i32,
    /// Whether all are in, and read by the officers.
    pub is_revealed: bool,
    /// The mean of the scores, 0 to 100, with one decimal; null until all are in.
    pub score: Option<f64>,
}

/// The assessments of several applications at once, as far as the viewer may see them.
struct OfApplications;

impl Batch for OfApplications {
    type Key = Uuid;
    type Value = Vec<Row>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Done<HashMap<Uuid, Vec<Row>>> {
        let of = among(Expr::col(Column::Application.as_column_ref()), &keys);
        let mut found: HashMap<Uuid, Vec<Row>> = HashMap::new();
        for row in reader.all(reader.rows::<Entity>().filter(of)).await? {
            found.entry(row.application.uuid()).or_default().push(row);
        }
        Ok(found)
    }
}

/// That of an application to a call.
pub async fn summary_of(ctx: &Context<'_>, application: Id<Application>, call: Id<Call>) -> Result<AssessmentSummary> {
    let rows = async { ctx.scope().loaders.load((), application.uuid(), || Ok(OfApplications)).await };
    let (rows, call) = futures_util::future::try_join(rows, ctx.load(call)).await?;
    let rows = rows.unwrap_or_default();
    let count = |state: State| i32::try_from(rows.iter().filter(|row| row.state == state).count()).unwrap_or(i32::MAX);
    let version = rows.first().map(|row| row.rules_version);
    let rules = call.as_ref().and_then(|call| call::assessment_rules_of(&call.0, version));
    let scores: Vec<i64> = rows.iter().filter(|row| row.is_revealed).filter_map(|row| row.score).collect();
    Ok(AssessmentSummary {
        wanted: rules.map_or(0, |rules| rules.assessors),
        assessors: i32::try_from(panel::seats(&rows).count()).unwrap_or(i32::MAX),
        submitted: count(State::Submitted),
        recused: count(State::Recused),
        is_revealed: !scores.is_empty(),
        score: score::mean(&scores).map(score::of_tenths),
    })
}
