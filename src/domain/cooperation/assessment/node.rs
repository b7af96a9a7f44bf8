//! An assessment in the graph.
use async_graphql::{Context, Object, Result};

use super::{
    row::{self, CriterionVerdict, State},
    score,
};
use crate::{
    access::Viewer,
    domain::call::{self, AssessmentCriterion},
    kernel::prelude::node::*,
    relay::DateTime,
};

node!(
    /// What one officer thinks of an application.
    Assessment = "assessment", ViewerCan;
    says &[("audience", "Who may see that there is one: the officers of the programme.")]; {
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// The version of the call's rules of assessment it keeps to.
        "rulesVersion": i64 = |row| row.rules_version,
        /// What the assessor declared of their interest, in their own words; null where they declared to have none, or nothing yet.
        "interest": Option<&str> = |row| row.interest.as_deref(),
        /// The day they declared whether they have one; null until then.
        "declaredOn": Option<DateValue> = |row| row.declared_on.as_ref().map(|day| DateValue(day.0)),
        /// When it was handed in; null until then.
        "submittedAt": Option<DateTime> = |row| row.submitted_at.map(DateTime),
        /// Whether all are in, and the officers read what it says; its assessor reads it all along.
        "isRevealed": bool = |row| row.is_revealed,
        /// Why an officer took back that it is made; null where none did.
        "withdrawnReason": Option<&str> = |row| row.withdrawn_reason.as_deref(),
    }
);

impl Assessment {
    /// Whether this viewer reads what it says: its assessor, and the officers once all are in.
    fn is_read_by(&self, viewer: &Viewer) -> bool {
        self.0.is_revealed || viewer.person == Some(self.0.assessor.uuid())
    }
}

/// What one officer thinks of an application, by the criteria of its call. Its verdicts, comment and score are read by its assessor alone until all assessments of the application
/// are in.
#[Object]
impl Assessment {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// What it is judged by.
    async fn criteria(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentCriterion>> {
        let call = ctx.load(self.0.call).await?;
        let rules = call.as_ref().and_then(|call| call::assessment_rules_of(&call.0, Some(self.0.rules_version)));
        Ok(rules.map(|rules| rules.criteria.clone()).unwrap_or_default())
    }

    /// A verdict by each criterion; null for other officers until all assessments are in.
    async fn verdicts(&self, ctx: &Context<'_>) -> Option<&[CriterionVerdict]> {
        self.is_read_by(&ctx.viewer()).then_some(&self.0.verdicts)
    }

    /// What the assessor thinks of the whole; null for other officers until all assessments are in, and where they say nothing.
    async fn comment(&self, ctx: &Context<'_>) -> Option<&str> {
        self.is_read_by(&ctx.viewer()).then_some(self.0.comment.as_deref()).flatten()
    }

    /// The mean of the points, weighed by the criteria: 0 to 100, with one decimal. Null until it was handed in, and for other officers until all are in.
    async fn score(&self, ctx: &Context<'_>) -> Option<f64> {
        self.0.score.filter(|_| self.is_read_by(&ctx.viewer())).map(score::of_tenths)
    }
}
