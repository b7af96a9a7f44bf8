//! Reading synonyms.

use super::{
    Synonym,
    row::{Column, Entity},
};
use crate::{
    kernel::{list::NoOrder, prelude::read::*},
    search,
};

filter!(
    /// Which synonyms.
    SynonymFilter {
        /// Of any of these languages; those of every language are left out then.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
    }
);

impl Listed for Synonym {
    type Filter = SynonymFilter;
    type Order = NoOrder;
    const WHICH: &'static str = "Which synonyms.";
    const IS_ORDERED: bool = false;

    fn order(_: NoOrder, _: &SynonymFilter) -> Result<Order> {
        Ok(Order::by("slug", Column::Slug, Sort::Text))
    }
}

impl Rooted for Synonym {
    const ONE: Option<(&'static str, &'static str)> = Some(("synonym", "The synonym with this slug."));
    const ALL: (&'static str, &'static str) = ("synonyms", "The synonyms that search heeds, by slug.");
}

/// All of them, as the index takes them; always in the same order, so that all hubs weigh alike.
pub async fn every(reader: &Reader) -> Result<Vec<search::Synonym>> {
    let mut rows = reader.all(reader.rows::<Entity>()).await?;
    rows.sort_by(|a, b| a.slug.cmp(&b.slug));
    let synonym = |row: super::Row| search::Synonym {
        language: row.language.map(|tag| tag.to_string()),
        terms: row.terms.0,
        expansions: row.expansions.0,
    };
    Ok(rows.into_iter().map(synonym).collect())
}
