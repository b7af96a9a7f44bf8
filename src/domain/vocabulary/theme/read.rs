//! Reading themes.
use std::collections::HashMap;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{Theme, row};
use crate::{
    base::Language,
    kernel::label::Called,
    relay::{Connection, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort},
};

/// Which themes.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ThemeFilter {
    /// Only roots (true) or only themes with a parent (false).
    pub is_root: Option<bool>,
    /// Only these themes and everything below them, by id or slug.
    pub within: Option<Vec<ID>>,
}

/// How themes are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ThemeOrder {
    /// By English name.
    #[default]
    NameAsc,
    /// By place in the tree: a theme comes right before what is below it.
    TreeAsc,
}

pub(super) fn by_name() -> Order {
    Order::by("name", row::Column::Name, Sort::Text)
}

/// What the themes with these slugs are called, by slug.
pub async fn called(reader: &Reader, slugs: &[&str], languages: &[Language]) -> crate::base::Result<HashMap<String, Called>> {
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Slug.is_in(slugs.iter().copied()))).await?;
    let called = |row: &row::Model| Called::labelled(languages, &row.labels, &row.name, &row.path);
    Ok(rows.into_iter().map(|row| (row.slug.clone(), called(&row))).collect())
}

/// The themes' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "ThemeQuery")]
impl Query {
    /// The theme with this slug.
    async fn theme(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Result<Option<Object<Theme>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The themes.
    async fn themes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which themes.")] filter: Option<ThemeFilter>,
        #[graphql(desc = "Their order.", default)] order_by: ThemeOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Theme>> {
        let filter = filter.unwrap_or_default();
        let mut select = ctx.reader().rows::<row::Entity>();
        if let Some(is_root) = filter.is_root {
            select = select.filter(if is_root { row::Column::Parent.is_null() } else { row::Column::Parent.is_not_null() });
        }
        if let Some(within) = &filter.within {
            select = select.filter(row::Column::Id.in_subquery(Refs::parse::<Theme>(ctx.reader(), within, "filter.within")?.subtree()));
        }
        let order = match order_by {
            ThemeOrder::NameAsc => by_name(),
            ThemeOrder::TreeAsc => Order::by("tree", row::Column::Path, Sort::Text),
        };
        Ok(ctx.list(select, order, &PageArgs::new(first, after, last, before)).await?)
    }
}
