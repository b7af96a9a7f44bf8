//! The face of an agenda.
use async_graphql::{Context, ID, Object, Result};

use super::row;
use crate::{
    base::Kind,
    domain::goal::{self, Goal, GoalFilter, GoalOrder},
    kernel::label,
    relay::{AudienceView, Connection, DateTime, LanguageTag, NodeType, PageArgs},
    store::reader::Parent,
};

/// A global agenda whose goals practices and plans serve.
pub struct Agenda(pub(super) row::Model);

impl Kind for Agenda {
    const NAME: &'static str = "agenda";
}

impl NodeType for Agenda {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

/// A global agenda whose goals practices and plans serve.
#[Object]
impl Agenda {
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

    /// The name in the reader's best language, else English.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> String {
        label::best(ctx, languages.as_deref(), &self.0.labels, &self.0.name)
    }

    /// What it is about, in English.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Where it was agreed.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// Its goals and what stands below them, in the agenda's order. To walk the tree, ask for `filter: {isRoot: true}` and go on with `children`.
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goals.")] filter: Option<GoalFilter>,
        #[graphql(desc = "Their order.", default)] order_by: GoalOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Goal>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(goal::of(ctx, self.0.id.uuid(), Parent::Column("agenda"), filter, order_by, &page).await?)
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
