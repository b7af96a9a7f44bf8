//! Reading documents.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use jiff::civil::Date;
use sea_orm::{Condition, QueryFilter, Select, entity::prelude::*};

use super::{
    Document,
    about::{self, DocumentAbout},
    row::{self, DocumentKind, State},
};
use crate::{
    base::{Moment, text::fold},
    relay::{Connection, LanguageTag, Object, PageArgs, context::Asking},
    store::{
        Order, Reader,
        page::Sort,
        reader::{Parent, differs},
    },
};

/// Which documents. A list means any of; fields together mean all of. Withdrawn ones are left out unless `states` asks for them.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DocumentFilter {
    /// Of one of these sorts.
    pub kinds: Option<Vec<DocumentKind>>,
    /// The newest file has one of these media types.
    pub media_types: Option<Vec<String>>,
    /// About one of these things, by id.
    pub about: Option<Vec<ID>>,
    /// About a thing of one of these kinds.
    pub about_kinds: Option<Vec<DocumentAbout>>,
    /// Written in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Published in one of these years.
    pub years: Option<Vec<i64>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Has this text in its title, whatever the accents and case. For more use `search`.
    pub title: Option<String>,
}

/// How documents are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum DocumentOrder {
    /// The last published first.
    #[default]
    Newest,
    /// The first published first.
    Oldest,
    /// By title, accents folded.
    TitleAsc,
    /// By title, backwards.
    TitleDesc,
    /// The last changed first.
    UpdatedDesc,
}

fn order(order_by: DocumentOrder) -> Order {
    match order_by {
        DocumentOrder::Newest => Order::by("newest", row::Column::PublishedAt, Sort::Number).falling(),
        DocumentOrder::Oldest => Order::by("oldest", row::Column::PublishedAt, Sort::Number),
        DocumentOrder::TitleAsc => Order::by("title", row::Column::Folded, Sort::Text),
        DocumentOrder::TitleDesc => Order::by("title-desc", row::Column::Folded, Sort::Text).falling(),
        DocumentOrder::UpdatedDesc => Order::by("updated", row::Column::UpdatedAt, Sort::Number).falling(),
    }
}

fn select(reader: &Reader, filter: &DocumentFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    select = match &filter.states {
        Some(states) => select.filter(row::Column::State.is_in(states.iter().copied())),
        None => select.filter(differs(row::Column::State, State::Withdrawn)),
    };
    if let Some(kinds) = &filter.kinds {
        select = select.filter(row::Column::DocumentKind.is_in(kinds.iter().copied()));
    }
    if let Some(types) = &filter.media_types {
        select = select.filter(row::Column::MediaType.is_in(types.iter().map(|of| of.trim().to_ascii_lowercase())));
    }
    if let Some(things) = &filter.about {
        let ids: crate::base::Result<Vec<Uuid>> = things.iter().map(|id| Ok(about::parse(id, "filter.about")?.1)).collect();
        select = select.filter(row::Column::About.is_in(ids?));
    }
    if let Some(kinds) = &filter.about_kinds {
        select = select.filter(row::Column::AboutKind.is_in(kinds.iter().map(|kind| kind.word())));
    }
    if let Some(languages) = &filter.languages {
        select = select.filter(row::Column::Language.is_in(languages.iter().map(|tag| tag.0.clone())));
    }
    if let Some(years) = &filter.years {
        let any = years.iter().filter_map(|year| span(*year)).fold(Condition::any(), |any, (start, end)| {
            any.add(Condition::all().add(row::Column::PublishedAt.gte(start)).add(row::Column::PublishedAt.lt(end)))
        });
        // An empty list finds nothing, as every list does.
        let any = if any.is_empty() { any.add(Expr::cust("1 = 0")) } else { any };
        select = select.filter(row::Column::PublishedOn.is_not_null()).filter(any);
    }
    if let Some(title) = &filter.title {
        let wanted = fold(title.trim()).replace(['%', '_', '\\'], " ");
        select = select.filter(row::Column::Folded.like(format!("%{wanted}%")));
    }
    Ok(select)
}

/// A year's first moment and the next one's; none where the calendar has no such year.
pub(super) fn span(year: i64) -> Option<(Moment, Moment)> {
    let start = |year: i64| Some(Moment::of_day(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?));
    Some((start(year)?, start(year + 1)?))
}

/// The documents that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<DocumentFilter>,
    order_by: DocumentOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Document>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The documents' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "DocumentQuery")]
impl Query {
    /// The document with this slug.
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Document>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The documents.
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which documents.")] filter: Option<DocumentFilter>,
        #[graphql(desc = "Their order.", default)] order_by: DocumentOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Document>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
