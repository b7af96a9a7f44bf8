//! Reading documents.
use std::collections::HashMap;

use async_graphql::ID;
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Document,
    about::{DocumentAbout, TAKES},
    row::{Column, DocumentKind, Entity, Model, State},
};
use crate::{domain::about, kernel::prelude::read::*, store::Tx};

filter!(
    /// Which documents. A list means any of; fields together mean all of. Withdrawn ones are left out unless `states` asks for them.
    DocumentFilter {
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Of one of these sorts.
        kinds: Vec<DocumentKind> = |rows, kinds| rows.among(Column::DocumentKind, kinds),
        /// The newest file has one of these media types.
        media_types: Vec<String> = |rows, types| rows.such(Column::MediaType.is_in(types.iter().map(|of| of.trim().to_ascii_lowercase()))),
        /// True: on another site. False: a file of the hub's.
        is_link: bool = |rows, is_link| rows.such(if *is_link { Column::Link.is_not_null() } else { Column::Link.is_null() }),
        /// About one of these things, by id.
        about: Vec<ID> = |rows, ids| rows.among(Column::About, &about::read_all(ids, "filter.about", TAKES)?),
        /// About a thing of one of these kinds.
        about_kinds: Vec<DocumentAbout> = |rows, kinds| rows.such(Column::AboutKind.is_in(kinds.iter().map(|kind| kind.word()))),
        /// Written in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// Published in one of these years.
        years: Vec<i64> = |rows, years| rows.such(Column::PublishedOn.is_not_null()).in_years(Column::PublishedAt, years),
        /// Has this text in its title, whatever the accents and case. For more use `search`.
        title: String = |rows, title| rows.with_text(Column::Folded, title),
    }
);

orders!(
    /// How documents are ordered.
    DocumentOrder {
        /// The last published first.
        Newest = Order::by("newest", Column::PublishedAt, Sort::Number).falling(),
        /// The first published first.
        Oldest = Order::by("oldest", Column::PublishedAt, Sort::Number),
        /// By title, accents folded.
        TitleAsc = Order::by("title", Column::Folded, Sort::Text),
        /// By title, backwards.
        TitleDesc = Order::by("title-desc", Column::Folded, Sort::Text).falling(),
        /// The last changed first.
        UpdatedDesc = Order::by("updated", Column::UpdatedAt, Sort::Number).falling(),
    }
);

listed!(Document {
    filter: DocumentFilter, "Which documents.",
    order: DocumentOrder,
    one: "document", "The document with this slug.",
    all: "documents", "The documents.",
    // Tombstones.
    hides: Column::State, State::Withdrawn,
});

/// What these documents that the transaction's viewer sees are about, by document.
pub async fn about_of(tx: &Tx<'_>, documents: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
    Ok(tx.by_ids::<Model>(documents).await?.into_iter().map(|row| (row.id.uuid(), row.about)).collect())
}

/// The sorts of documents about a thing that are published, as the transaction's viewer sees them.
pub async fn kinds_published_about(tx: &Tx<'_>, about: Uuid) -> Result<Vec<DocumentKind>> {
    let published = tx.rows::<Entity>().filter(Column::About.eq(about)).filter(Column::State.eq(State::Published));
    Ok(tx.all(published).await?.into_iter().map(|row| row.document_kind).collect())
}
