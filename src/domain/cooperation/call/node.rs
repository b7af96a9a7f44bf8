//! A call.
use async_graphql::{Object, SimpleObject};

use super::row::{self, State};
use crate::{
    kernel::{Common, NodeFields},
    node,
    relay::ImpreciseDateView,
};

node!(
    /// A call of a programme for cities that want to cooperate.
    Call = "call"
);

impl Common for Call {}

/// The rules of a call: they belong to it, not to the hub. Months are calendar months, clamped to the month's end. Null means no such rule.
#[derive(Clone, Debug, SimpleObject)]
pub struct CallRules {
    /// Counts the changes of the rules.
    pub version: i64,
    /// For how many months from the start cities promise to cooperate at least.
    pub minimum_cooperation_months: Option<i32>,
    /// For how many months from the start a pairing is supported at most.
    pub maximum_support_months: Option<i32>,
    /// How many months after the start the plan is due.
    pub plan_due_months: Option<i32>,
    /// How many months after the start the pilot is due.
    pub pilot_due_months: Option<i32>,
    /// How many inhabitants a city needs.
    pub minimum_population: Option<i64>,
}

/// A call of a programme for cities that want to cooperate.
#[Object]
impl Call {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it asks for, in the programme's language.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Whom it invites, as the programme names its sides: `north-america`, `european-union`; null where it invites all.
    async fn side(&self) -> Option<&str> {
        self.0.side.as_deref()
    }

    /// Where it is in its life.
    async fn state(&self) -> State {
        self.0.state
    }

    /// When it opens; null where not known.
    async fn opens(&self) -> Option<ImpreciseDateView> {
        self.0.opens.as_deref().map(ImpreciseDateView::from)
    }

    /// When it closes; null where not known.
    async fn closes(&self) -> Option<ImpreciseDateView> {
        self.0.closes.as_deref().map(ImpreciseDateView::from)
    }

    /// The rules its pairings follow.
    async fn rules(&self) -> CallRules {
        let rules = &self.0.rules;
        CallRules {
            version: rules.version,
            minimum_cooperation_months: rules.minimum_cooperation_months,
            maximum_support_months: rules.maximum_support_months,
            plan_due_months: rules.plan_due_months,
            pilot_due_months: rules.pilot_due_months,
            minimum_population: rules.minimum_population,
        }
    }

    /// Where the facts come from.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }
}
