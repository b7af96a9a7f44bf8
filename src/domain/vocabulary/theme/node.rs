//! The face of a theme.
use async_graphql::{Context, ID, Object, Result};

use super::{read, row};
use crate::{
    base::Kind,
    kernel::label,
    relay::{Connection, DateTime, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
};

/// A branch of the theme tree.
pub struct Theme(pub(super) row::Model);

impl Kind for Theme {
    const NAME: &'static str = "theme";
}

impl NodeType for Theme {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

/// A branch of the theme tree, by which practices, cities and seminars are found.
#[Object]
impl Theme {
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

    /// The name in the reader's best language, else English.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> String {
        label::best(ctx, languages.as_deref(), &self.0.labels, &self.0.name)
    }

    /// The theme above; null for a root.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Object<Self>>> {
        match self.0.parent {
            Some(parent) => Ok(ctx.load(parent).await?),
            None => Ok(None),
        }
    }

    /// The themes right below, by name.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Self>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(ctx
            .children(self.0.id.uuid(), Parent::Column("parent"), &page, |reader| Ok((reader.rows::<row::Entity>(), read::by_name())))
            .await?)
    }

    /// How deep in the tree: 0 for a root.
    async fn depth(&self) -> usize {
        self.0.path.matches('/').count().saturating_sub(1)
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
