//! Reading documents.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Document,
    about::{self, DocumentAbout},
    row::{Column, DocumentKind, Entity, State},
};
use crate::{
    base::Result,
    kernel::{Listed, Narrowed, Rooted},
    relay::LanguageTag,
    store::{Order, Reader, page::Sort, reader::differs},
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

impl Listed for Document {
    type Filter = DocumentFilter;
    type Order = DocumentOrder;
    const WHICH: &'static str = "Which documents.";

    fn order(order_by: DocumentOrder, _: &DocumentFilter) -> Result<Order> {
        Ok(match order_by {
            DocumentOrder::Newest => Order::by("newest", Column::PublishedAt, Sort::Number).falling(),
            DocumentOrder::Oldest => Order::by("oldest", Column::PublishedAt, Sort::Number),
            DocumentOrder::TitleAsc => Order::by("title", Column::Folded, Sort::Text),
            DocumentOrder::TitleDesc => Order::by("title-desc", Column::Folded, Sort::Text).falling(),
            DocumentOrder::UpdatedDesc => Order::by("updated", Column::UpdatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &DocumentFilter) -> Result<Select<Entity>> {
        let standing = match &filter.states {
            Some(states) => Column::State.is_in(states.iter().copied()),
            None => differs(Column::State, State::Withdrawn),
        };
        let about = |id: &ID| Ok(about::parse(id, "filter.about")?.1);
        let about: Option<Vec<Uuid>> = filter.about.as_ref().map(|ids| ids.iter().map(about).collect::<Result<_>>()).transpose()?;
        let narrowed = Narrowed::of(reader)
            .such(standing)
            .among(Column::DocumentKind, filter.kinds.as_ref())
            .given(filter.media_types.as_ref(), |types| Column::MediaType.is_in(types.iter().map(|of| of.trim().to_ascii_lowercase())))
            .among(Column::About, about.as_ref())
            .given(filter.about_kinds.as_ref(), |kinds| Column::AboutKind.is_in(kinds.iter().map(|kind| kind.word())))
            .languages(Column::Language, filter.languages.as_ref())
            .given(filter.years.as_ref(), |_| Column::PublishedOn.is_not_null())
            .in_years(Column::PublishedAt, filter.years.as_ref())
            .with_text(Column::Folded, filter.title.as_ref());
        Ok(narrowed.end())
    }
}

impl Rooted for Document {
    const ONE: Option<(&'static str, &'static str)> = Some(("document", "The document with this slug."));
    const ALL: (&'static str, &'static str) = ("documents", "The documents.");
}
