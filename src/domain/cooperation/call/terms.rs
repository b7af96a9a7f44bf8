//! What others decide by: whose a call is, where it is in its life, and its rules.
use std::collections::HashMap;

use jiff::civil::Date;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    Call, Row,
    assessment_rules::AssessmentRules,
    row::{self, RequiredDocument, State},
    rules::Rules,
    side::Side,
    waiver::WaivableRule,
    weights::MatchWeights,
};
use crate::{
    access::Viewer,
    base::{Id, Moment, Result},
    domain::programme::Programme,
    store::{Json, Tx},
};

/// A call as a transaction sees it that decides by it.
#[derive(Clone, Debug)]
pub struct Terms(Row);

impl Terms {
    /// Those of a call that the transaction's viewer sees.
    pub async fn of(tx: &Tx<'_>, call: Id<Call>) -> Result<Option<Self>> {
        Ok(tx.first(tx.rows::<row::Entity>().filter(row::Column::Id.eq(call))).await?.map(Self))
    }

    /// The same, which nobody changes before the transaction ends.
    pub async fn held(tx: &Tx<'_>, call: Id<Call>) -> Result<Option<Self>> {
        Ok(tx.held::<Row>(call.uuid()).await?.map(Self))
    }

    /// Those of these calls, in no order, each with its id.
    pub async fn of_all(tx: &Tx<'_>, calls: &[Uuid]) -> Result<HashMap<Uuid, Self>> {
        let rows = tx.all(tx.rows::<row::Entity>().filter(row::Column::Id.is_in(calls.iter().copied()))).await?;
        Ok(rows.into_iter().map(|row| (row.id.uuid(), Self(row))).collect())
    }

    /// Those of a call that was read.
    pub fn of_node(call: &Call) -> Self {
        Self(call.0.clone())
    }

    /// Those of a row.
    pub(super) fn of_row(row: &Row) -> Self {
        Self(row.clone())
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Which call.
    pub const fn id(&self) -> Id<Call> {
        self.0.id
    }

    /// Whose it is.
    pub const fn programme(&self) -> Id<Programme> {
        self.0.programme
    }

    /// Where it is in its life.
    pub const fn state(&self) -> State {
        self.0.state
    }

    /// The newest rules.
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// The newest weights.
    pub fn weights(&self) -> &MatchWeights {
        &self.0.weights
    }

    /// How its applications are assessed by this version, none where it is not kept; by the newest where none is named.
    pub fn assessment_rules_of(&self, version: Option<i64>) -> Option<&AssessmentRules> {
        self.0.assessment_rules_of(version)
    }

    /// Whether a city that applied is told who fits it.
    pub const fn cities_see_matches(&self) -> bool {
        self.0.cities_see_matches
    }

    /// The rules of this version, or the newest where it is not kept.
    pub fn rules_of(&self, version: i64) -> &Rules {
        self.0.rules_of(Some(version))
    }

    /// Whether there are rules of this version.
    pub fn has_version(&self, version: i64) -> bool {
        self.0.versions().any(|rules| rules.version == version)
    }

    /// Its sides; none where not told.
    pub fn sides(&self) -> &[Side] {
        &self.0.sides
    }

    /// The documents an application needs.
    pub fn required_documents(&self) -> &[RequiredDocument] {
        &self.0.required_documents
    }

    /// Whether it never closes.
    pub const fn never_closes(&self) -> bool {
        self.0.never_closes
    }

    /// The last day on which it may open; none where not known.
    pub fn opens_by(&self) -> Option<Date> {
        self.0.opens.as_deref().map(|opens| opens.latest)
    }

    /// The last day on which it takes applications; none where not known.
    pub fn closes_by(&self) -> Option<Date> {
        self.0.closes.as_deref().map(|closes| closes.latest)
    }

    /// Why this rule was waived for a city, where it was.
    pub fn waived(&self, city: Uuid, rule: WaivableRule) -> Option<&str> {
        self.0.waivers.iter().find(|waiver| (waiver.city, waiver.rule) == (city, rule)).map(|waiver| waiver.reason.as_str())
    }

    /// The same without the exceptions that this viewer may not know of.
    pub fn as_seen_by(mut self, viewer: &Viewer) -> Self {
        self.0.waivers = Json(self.0.waivers_for(viewer).cloned().collect());
        self
    }

    /// The last moment at which somebody can apply in time; none where there is none, or none is known.
    pub fn deadline(&self) -> Option<Moment> {
        self.0.deadline()
    }
}
