//! A call.
use async_graphql::{Context, ID, Object, Result};

use super::{
    assessment_rules::AssessmentRules,
    row::{self, RequiredDocument, State},
    rules::Rules,
    side::CallSide,
    waive::EligibilityWaiver,
    weights::MatchWeights,
};
use crate::{
    domain::{
        application::{self, EligibilityCheck, Match},
        cooperation::stated::{self, StatedFigure, StatedOf},
    },
    kernel::prelude::node::*,
    relay::{self, DateTime, ImpreciseDateView},
};

node!(
    /// A call of a programme for cities that want to cooperate.
    Call = "call", ViewerCan; {
        /// The name.
        "name": &str = |row| &row.name,
        /// What it asks for, in the programme's language.
        "description": Option<&str> = |row| row.description.as_deref(),
        /// Whom it invites, as the programme names its sides: `north-america`, `european-union`; null where it invites all. `sides` tells more.
        "side": Option<&str> = |row| row.side.as_deref(),
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// When it opens; null where not known.
        "opens": Option<ImpreciseDateView> = |row| row.opens.as_deref().map(ImpreciseDateView::from),
        /// When it closes; null where not known, and where it never does.
        "closes": Option<ImpreciseDateView> = |row| row.closes.as_deref().map(ImpreciseDateView::from),
        /// Whether it never closes: cities apply at any time.
        "neverCloses": bool = |row| row.never_closes,
        /// The last day on which it may open; null where not known. On an exact day it opens by itself, at the start of that day in UTC; else its officers
        /// open it.
        "opensBy": Option<DateValue> = |row| row.opens.as_deref().map(|opens| DateValue(opens.latest)),
        /// The last day on which it takes applications; null where not known. At the end of an exact day, in UTC, it closes by itself; else its officers close
        /// it, and who comes after this day is late.
        "closesBy": Option<DateValue> = |row| row.closes.as_deref().map(|closes| DateValue(closes.latest)),
        /// When it opens or closes by itself next; null where that is its officers' to do.
        "movesAt": Option<DateTime> = |row| (row.due_at.0 > 0).then_some(DateTime(row.due_at)),
        /// Its sides: the cities it brings together with each other; none where not told.
        "sides": Vec<relay::Object<CallSide>> = |row| row.sides.iter().cloned().map(|side| relay::Object(CallSide(side))).collect(),
        /// Figures that sources state of it, beside what is listed here.
        "stated": Vec<relay::Object<StatedFigure>> = |row| stated::all(StatedOf::Call(row.id.uuid()), &row.stated),
        /// Documents that each application needs.
        "requiredDocuments": &[RequiredDocument] = |row| &row.required_documents,
        /// The rules that new pairings follow: the newest version.
        "rules": Rules = |row| row.rules.0.clone(),
        /// Every version of its rules, the newest last: a pairing keeps the one it agreed to.
        "rulesVersions": Vec<Rules> = |row| row.versions().cloned().collect(),
        /// What counts how much when its applications are matched: the newest version.
        "matchWeights": MatchWeights = |row| row.weights.0.clone(),
        /// Every version of them, the newest last: an assignment tells by which it was made.
        "matchWeightsVersions": Vec<MatchWeights> = |row| row.weights_versions().cloned().collect(),
        /// Whether a city that applied is told who fits it, by `matches`.
        "citiesSeeMatches": bool = |row| row.cities_see_matches,
        /// How its applications are assessed: the newest version.
        "assessmentRules": AssessmentRules = |row| row.assessment_rules.0.clone(),
        /// Every version of that, the newest last: an assessment keeps to the one it was asked for by.
        "assessmentRulesVersions": Vec<AssessmentRules> = |row| row.assessment_versions().cloned().collect(),
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

/// A call of a programme for cities that want to cooperate.
#[Object]
impl Call {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Exceptions that were made for cities, as far as the viewer may know of them: officers of the programme of all, representatives of those for their city.
    async fn waivers(&self, ctx: &Context<'_>) -> Vec<relay::Object<EligibilityWaiver>> {
        self.0.waivers_for(&ctx.viewer()).cloned().map(|waiver| relay::Object(EligibilityWaiver(waiver))).collect()
    }

    /// Whether this city may apply, check by check: what it says before anything is written.
    async fn eligibility(&self, ctx: &Context<'_>, #[graphql(desc = "The city, by id.")] city: ID) -> Result<Vec<EligibilityCheck>> {
        Ok(application::eligibility_of(ctx, self, &city).await?)
    }

    /// The applications that fit one best, those of the other sides, the best first; of equal scores the city that was added first. Where the call tells no
    /// sides, all others. Never those that are drafts, taken back, declined or matched, that opted out, or where one of the two excludes the other. For
    /// officers of the programme; where `citiesSeeMatches`, for a city about its own, too, which is told partners and reasons, but not what the others wrote: not
    /// their applications, and no points for their wishes.
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The application, by id or slug: one that waits for a decision, is on the reserve list or selected.")] application: ID,
        #[graphql(desc = "How many, 1 to 100.", default = 10)] first: i32,
    ) -> Result<Option<Vec<relay::Object<Match>>>> {
        Ok(Some(application::matches_of(ctx, self, &application, first).await?))
    }
}
