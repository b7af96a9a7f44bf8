//! A pairing.
use async_graphql::{Context, Object, Result};
use jiff::civil::Date;

use super::{
    exchanges::{self, PairingExchanges},
    member::PairingMember,
    priority::PairingPriority,
    resource::PairingResource,
    row::{self, State},
    rules::{self, RulesAcceptance},
    term,
};
use crate::{
    access::{Audience, rule},
    domain::{
        call::{self, Rules},
        involvement::grid::{self, InvolvementCell},
        obligation::{self, ObligationCounts},
    },
    kernel::prelude::node::*,
};

node!(
    /// Two or more cities that promised to learn from each other for a while.
    Pairing = "pairing", ViewerCan; {
        /// The name, mostly those of its cities.
        "name": &str = |row| &row.name,
        /// What it is about.
        "summary": Option<&str> = |row| row.summary.as_deref(),
        /// The language of the summary.
        "language": LanguageTag = |row| LanguageTag(row.language.clone()),
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// Why it pauses or ended; null otherwise, and where an imported source tells none.
        "stateReason": Option<&str> = |row| row.state_reason.as_deref(),
        /// The day it was completed or ended; null until then, and where not known.
        "endedOn": Option<DateValue> = |row| row.ended_on.as_ref().map(|day| DateValue(day.0)),
        /// Its members, those of now and those who left.
        "members": Vec<Object<PairingMember>> = |row| row.members.iter().cloned().map(PairingMember).map(Object).collect(),
        /// The themes its members chose, the first first; the last is that of now.
        "priorities": Vec<Object<PairingPriority>> = |row| row.priorities.iter().cloned().map(PairingPriority).map(Object).collect(),
        /// What its members commit to it.
        "resources": Vec<Object<PairingResource>> = |row| row.resources.iter().cloned().map(PairingResource).map(Object).collect(),
        /// Whether each member has signed an agreement that has not ended.
        "isAgreementSigned": bool = |row| row.signed_agreements > 0,
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
        /// The version of the call's rules that its cities agreed to; null where the call is not known.
        "rulesVersion": Option<i64> = |row| row.rules_version,
        /// Which of its cities accepted a newer version of the rules; it holds when all have.
        "rulesAcceptances": Vec<Object<RulesAcceptance>> = |row| row.rules_accepted.iter().cloned().map(|own| Object(RulesAcceptance(own))).collect(),
    }
);

impl Pairing {
    fn started(&self) -> Option<Date> {
        self.0.started_on.as_ref().map(|day| day.0)
    }

    /// The last day a rule of the call counts to from the start; unknown where start, call or rule are.
    async fn until(&self, ctx: &Context<'_>, months: fn(&Rules) -> Option<i32>) -> Result<Option<Date>> {
        let Some(start) = self.started() else { return Ok(None) };
        let call = rules::call_of(ctx, &self.0).await?;
        Ok(call.and_then(|call| term::until(Some(start), months(call::rules_of(&call.0, self.0.rules_version)))))
    }

    async fn support(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        self.until(ctx, |rules| rules.maximum_support_months).await
    }
}

/// Two or more cities that promised to learn from each other for a while.
#[Object]
impl Pairing {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The day its cities were matched; null where not known.
    async fn matched_on(&self) -> Option<DateValue> {
        self.0.matched_on.as_ref().map(|day| DateValue(day.0))
    }

    /// The day it began; null where not known.
    async fn started_on(&self) -> Option<DateValue> {
        self.started().map(DateValue)
    }

    /// The rules it lives by: the version of its call's that its cities agreed to; null where the call is not known.
    async fn rules(&self, ctx: &Context<'_>) -> Result<Option<Rules>> {
        Ok(rules::call_of(ctx, &self.0).await?.map(|call| call::rules_of(&call.0, self.0.rules_version).clone()))
    }

    /// The newest rules of its call, where they are newer than those it lives by: its cities may accept them with `acceptRules`.
    async fn newer_rules(&self, ctx: &Context<'_>) -> Result<Option<Rules>> {
        let newest = rules::call_of(ctx, &self.0).await?.map(|call| call::newest_rules(&call.0).clone());
        Ok(newest.filter(|rules| Some(rules.version) > self.0.rules_version))
    }

    /// The day until which the cities promised to work together at the least, by the rules it lives by; null where its start or call is not known.
    async fn commitment_until(&self, ctx: &Context<'_>) -> Result<Option<DateValue>> {
        Ok(self.until(ctx, |rules| rules.minimum_cooperation_months).await?.map(DateValue))
    }

    /// The last day on which the programme may support it, by the rules it lives by; null where its start or call is not known.
    async fn support_until(&self, ctx: &Context<'_>) -> Result<Option<DateValue>> {
        Ok(self.support(ctx).await?.map(DateValue))
    }

    /// Whether the programme supports it today: it is active and its support has not run out. Null where it is active and the end of its support
    /// is not known.
    async fn is_supported(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let until = if self.0.state == State::Active { self.support(ctx).await? } else { None };
        Ok(term::is_supported(self.0.state, until, ctx.now().day()))
    }

    /// How intensively its members cooperate: the seminars and other exchanges that were held, by quarters of the year.
    async fn exchanges(&self, ctx: &Context<'_>) -> Result<PairingExchanges> {
        exchanges::of(ctx, self.0.id.uuid()).await
    }

    /// What it and its members owe, counted by lights.
    async fn obligation_counts(&self, ctx: &Context<'_>) -> Result<ObligationCounts> {
        obligation::counted(ctx, self.0.id.uuid()).await
    }

    /// A calendar of the days by which something here is owed, for readers of iCalendar: whoever knows the address reads what the viewer may see then; do not pass it on. Null for
    /// who may not see what is owed, and until `renewCalendarAddresses` was asked for the first time.
    async fn calendar_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let audience = Audience::followed(self.0.programme.uuid(), self.0.id.uuid());
        obligation::address::<Self>(ctx, &self.0.slug, |viewer| rule::admits(viewer, &audience)).await
    }

    /// Sorts of organisations by phases of the work, with how many active ones there are and which cells are empty: of those that take part in this
    /// pairing itself, not in what belongs to it.
    async fn involvement_grid(&self, ctx: &Context<'_>) -> Result<Vec<InvolvementCell>> {
        grid::of(ctx, self.0.id.uuid()).await
    }
}
