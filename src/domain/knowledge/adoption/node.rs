//! An adoption in the graph: what its declarations do not say already.
use async_graphql::{Context, Object, Result, SimpleObject};
use sea_orm::{QueryFilter, entity::prelude::*};
use uuid::Uuid;

use super::row::{self, Outcome, Phase, State, WENT_WRONG};
use crate::{
    kernel::{Listed, list::Orders, prelude::node::*, text::Written},
    relay::{Connection, PageArgs},
    store::reader::Parent,
};

node!(
    /// That a city took up a practice of another one.
    Adoption = "adoption", Texts, ViewerCan;
    says &[("audience", "Who may see it: the representatives of the two cities, until both cities have consented that everyone may.")]; {
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// The version of the practice's original that was taken (`Practice.textVersion` of then).
        "practiceVersion": i64 = |row| row.practice_version,
        /// How far the city has come.
        "phase": Phase = |row| row.phase,
        /// The phases that it reached, the first first.
        "phases": Vec<AdoptionPhaseReached> = |row| row.phases.iter().map(AdoptionPhaseReached::of).collect(),
        /// What came of it; null until it is concluded, and where it was withdrawn.
        "outcome": Option<Outcome> = |row| row.outcome,
        /// The day it was concluded; null before, and where not known.
        "concludedOn": Option<DateValue> = |row| row.concluded_on.as_ref().map(|day| DateValue(day.0)),
        /// The day on which the practice's city answered; null where it did not, and where not known.
        "answeredOn": Option<DateValue> = |row| row.answered_on.as_ref().map(|day| DateValue(day.0)),
        /// The day on which the practice's city consented that everyone may see it; null where it did not.
        "ownerConsentedOn": Option<DateValue> = |row| row.owner_consented_on.as_ref().map(|day| DateValue(day.0)),
        /// The day on which the city that took it up consented that everyone may see it; null where it did not.
        "cityConsentedOn": Option<DateValue> = |row| row.city_consented_on.as_ref().map(|day| DateValue(day.0)),
        /// Why it was withdrawn; null unless it was.
        "withdrawnReason": Option<&str> = |row| row.withdrawn_reason.as_deref(),
    }
);

/// A phase that a city reached with a practice of another one.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct AdoptionPhaseReached {
    /// The phase.
    pub phase: Phase,
    /// The day; null where not known.
    pub on: Option<DateValue>,
}

impl AdoptionPhaseReached {
    fn of(reached: &row::Reached) -> Self {
        Self { phase: reached.phase, on: reached.on.map(DateValue) }
    }
}

/// That a city took up a practice of another one: which version, what it changed and why, how far it came, whether it works there, and what was learned.
#[Object]
impl Adoption {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// What the practice's city says of it; null where it said nothing. Of a withdrawn one the city that took the practice up alone is told.
    async fn answer(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.answer.as_deref().filter(|_| !Self::withholds(&self.0, &ctx.viewer()))
    }
}

/// What went wrong elsewhere: the adoptions of a practice that failed, or work in part only.
pub async fn gone_wrong(ctx: &Context<'_>, practice: Uuid, page: &PageArgs) -> Result<Connection<Adoption>> {
    let listed = ctx.children::<Adoption>(practice, Parent::Column("practice"), page, |reader| {
        let rows = Adoption::select(reader, &super::AdoptionFilter::default())?;
        Ok((rows.filter(row::Column::Outcome.is_in(WENT_WRONG)), super::AdoptionOrder::default().order()))
    });
    Ok(listed.await?)
}
