//! Reading synonyms.
use async_graphql::{Context, InputObject, Object, Result};
use sea_orm::QueryFilter;
use sea_orm::entity::prelude::*;

use super::{Synonym, row};
use crate::{
    relay::{Connection, LanguageTag, Object, PageArgs, context::Asking},
    search,
    store::{Order, Reader, page::Sort},
};

/// Which synonyms.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SynonymFilter {
    /// Of any of these languages; those of every language are left out then.
    pub languages: Option<Vec<LanguageTag>>,
}

/// All of them, as the index takes them; always in the same order, so that all hubs weigh alike.
pub async fn every(reader: &Reader) -> crate::base::Result<Vec<search::Synonym>> {
    let mut rows = reader.all(reader.rows::<row::Entity>()).await?;
    rows.sort_by(|a, b| a.slug.cmp(&b.slug));
    let synonym = |row: row::Model| search::Synonym {
        language: row.language.map(|tag| tag.to_string()),
        terms: row.terms.0,
        expansions: row.expansions.0,
    };
    Ok(rows.into_iter().map(synonym).collect())
}

/// The synonyms' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "SynonymQuery")]
impl Query {
    /// The synonym with this slug.
    async fn synonym(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Synonym>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The synonyms that search heeds, by slug.
    async fn synonyms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which synonyms.")] filter: Option<SynonymFilter>,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Synonym>> {
        let mut select = ctx.reader().rows::<row::Entity>();
        if let Some(languages) = filter.unwrap_or_default().languages {
            select = select.filter(row::Column::Language.is_in(languages.iter().map(|tag| tag.0.as_str())));
        }
        let order = Order::by("slug", row::Column::Slug, Sort::Text);
        Ok(ctx.list(select, order, &PageArgs::new(first, after, last, before)).await?)
    }
}
