//! The face of a goal.
use async_graphql::{Context, ID, Object, Result};

use super::{read, row};
use crate::{
    base::Kind,
    domain::{
        agenda::Agenda,
        practice::{self, Practice, PracticeFilter, PracticeOrder},
    },
    kernel::label,
    relay::{AudienceView, Connection, DateTime, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
};

/// A goal or target of a global agenda.
pub struct Goal(pub(super) row::Model);

impl Kind for Goal {
    const NAME: &'static str = "goal";
}

impl NodeType for Goal {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

/// A goal, target, commitment or article of a global agenda.
#[Object]
impl Goal {
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

    /// Its number in the agenda: `11.2`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The name in the reader's best language, else English.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> String {
        label::best(ctx, languages.as_deref(), &self.0.labels, &self.0.name)
    }

    /// The place in the whole agenda, read from top to bottom.
    async fn position(&self) -> i64 {
        self.0.position
    }

    /// The agenda it belongs to.
    async fn agenda(&self, ctx: &Context<'_>) -> Result<Option<Object<Agenda>>> {
        Ok(ctx.load(self.0.agenda).await?)
    }

    /// The goal above; null for a root.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Object<Self>>> {
        match self.0.parent {
            Some(parent) => Ok(ctx.load(parent).await?),
            None => Ok(None),
        }
    }

    /// What stands right below it, in the agenda's order: the targets of a goal, the paragraphs of a commitment.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Self>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(read::of(ctx, self.0.id.uuid(), Parent::Column("parent"), None, read::GoalOrder::PositionAsc, &page).await?)
    }

    /// How deep in the agenda: 0 for a root.
    async fn depth(&self) -> usize {
        self.0.path.matches('/').count().saturating_sub(2)
    }

    /// The practices that serve exactly this goal; those of what stands below it are told there.
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which practices.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "Their order.", default)] order_by: PracticeOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Practice>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(practice::of(ctx, self.0.id.uuid(), Parent::Left(&practice::GOALS), filter, order_by, &page).await?)
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
