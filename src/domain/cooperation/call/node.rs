//! A call.
use async_graphql::{Object, SimpleObject};

use super::row::{self, State};
use crate::{kernel::NodeFields, node, relay::ImpreciseDateView};

node!(
    /// A call of a programme for cities that want to cooperate.
    Call = "call", ViewerCan; {
        /// The name.
        "name": &str = |row| &row.name,
        /// What it asks for, in the programme's language.
        "description": Option<&str> = |row| row.description.as_deref(),
        /// Whom it invites, as the programme names its sides: `north-america`, `european-union`; null where it invites all.
        "side": Option<&str> = |row| row.side.as_deref(),
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// When it opens; null where not known.
        "opens": Option<ImpreciseDateView> = |row| row.opens.as_deref().map(ImpreciseDateView::from),
        /// When it closes; null where not known.
        "closes": Option<ImpreciseDateView> = |row| row.closes.as_deref().map(ImpreciseDateView::from),
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

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
}
