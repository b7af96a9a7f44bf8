//! An application.
use async_graphql::{Context, Object, Result};

use super::{
    eligibility::EligibilityCheck,
    judge,
    line::ApplicationLine,
    row::{self, Line, State},
};
use crate::{
    access::{Act, Owners, rule},
    domain::assessment::{self, AssessmentSummary},
    kernel::{country::Country, prelude::node::*},
    relay::{self, DateTime},
};

node!(
    /// A city's answer to a call.
    Application = "application", ViewerCan;
    says &[("audience", "Who may see it: its city; once it was handed in, the officers of the programme, too. No other city.")]; {
        /// The side of the call the city is on; null where the call tells no sides.
        "side": Option<&str> = |row| row.side.as_deref(),
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// The language of the statement.
        "language": LanguageTag = |row| LanguageTag(row.language.clone()),
        /// Why the city applies.
        "statement": Option<&str> = |row| row.statement.as_deref(),
        /// What the city needs, the most important first.
        "challenges": Vec<relay::Object<ApplicationLine>> = |row| lines(&row.challenges),
        /// What the city offers, the most important first.
        "strengths": Vec<relay::Object<ApplicationLine>> = |row| lines(&row.strengths),
        /// The languages its people can work in.
        "workingLanguages": Vec<LanguageTag> = |row| row.working_languages.iter().cloned().map(LanguageTag).collect(),
        /// How many partners it can serve.
        "capacity": i64 = |row| row.capacity,
        /// Countries it would like to find a partner in.
        "preferredCountries": Vec<Country> = |row| countries(&row.preferred_countries),
        /// Countries it would not work with.
        "excludedCountries": Vec<Country> = |row| countries(&row.excluded_countries),
        /// When it was handed in; null for a draft.
        "submittedAt": Option<DateTime> = |row| row.submitted_at.map(DateTime),
        /// The version of the call's rules by which it was handed in; null for a draft, or where not known.
        "rulesVersion": Option<i64> = |row| row.rules_version,
        /// The day it was decided; null before.
        "decidedOn": Option<DateValue> = |row| row.decided_on.as_ref().map(|day| DateValue(day.0)),
        /// Why it was decided so, to be read by its city and the programme's officers.
        "reason": Option<&str> = |row| row.reason.as_deref(),
        /// Its place on the reserve list; null where it is not on it, or the list has no order.
        "reservePosition": Option<i64> = |row| row.reserve_position,
        /// Why the city took it back; null where it did not, or told no reason.
        "withdrawnReason": Option<&str> = |row| row.withdrawn_reason.as_deref(),
        /// Whether its city wants no partner to be sought for it: it is in no `Call.matches` and in no assignment.
        "optsOutOfMatching": bool = |row| row.opts_out_of_matching,
    }
);

fn lines(lines: &[Line]) -> Vec<relay::Object<ApplicationLine>> {
    lines.iter().cloned().map(|line| relay::Object(ApplicationLine(line))).collect()
}

fn countries(codes: &[String]) -> Vec<Country> {
    codes.iter().filter_map(|code| Country::of(code)).collect()
}

/// A city's answer to a call: what it needs and offers, and whom it would like to work with.
#[Object]
impl Application {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Whether the city may apply, check by check, by the call's newest rules: what handing it in would say now.
    async fn eligibility(&self, ctx: &Context<'_>) -> Result<Vec<EligibilityCheck>> {
        Ok(judge::of_written(ctx, self).await?)
    }

    /// How far its assessment is; null for all but the officers of the programme.
    async fn assessment_summary(&self, ctx: &Context<'_>) -> Result<Option<AssessmentSummary>> {
        if !rule::may(&ctx.viewer(), Act::Govern, &Owners::of_programmes([self.0.programme.uuid()])) {
            return Ok(None);
        }
        Ok(Some(assessment::summary_of(ctx, self.0.id, self.0.call).await?))
    }
}
