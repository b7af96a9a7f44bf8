//! The face of a call.
use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::row::{self, State};
use crate::{
    base::Kind,
    domain::{
        pairing::{self, Pairing, PairingFilter, PairingOrder},
        programme::Programme,
    },
    relay::{AudienceView, Connection, DateTime, ImpreciseDateView, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
};

/// A call of a programme for cities that want to cooperate.
pub struct Call(pub(super) row::Model);

impl Kind for Call {
    const NAME: &'static str = "call";
}

impl NodeType for Call {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

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
    /// The global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The readable name in addresses.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Counts the saves; give it to `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who may see it.
    async fn audience(&self) -> AudienceView {
        (&self.0.audience).into()
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

    /// The programme that calls.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Object<Programme>>> {
        Ok(ctx.load(self.0.programme).await?)
    }

    /// The pairings that came of it.
    async fn pairings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pairings.")] filter: Option<PairingFilter>,
        #[graphql(desc = "Their order.", default)] order_by: PairingOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Pairing>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(pairing::of(ctx, self.0.id.uuid(), Parent::Column("call"), filter, order_by, &page).await?)
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
