//! Reading themes.
use std::collections::HashMap;

use async_graphql::ID;
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Theme,
    row::{Column, Entity},
};
use crate::{
    base::{Id, Language},
    kernel::{label::Called, prelude::read::*},
};

filter!(
    /// Which themes.
    ThemeFilter {
        /// Only roots (true) or only themes with a parent (false).
        is_root: bool = |rows, is_root| rows.roots(Column::Parent, *is_root),
        /// Only these themes and everything below them, by id or slug.
        within: Vec<ID> = |rows, within| rows.within::<Theme>(within)?,
    }
);

orders!(
    /// How themes are ordered.
    ThemeOrder {
        /// By English name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
        /// By place in the tree: a theme comes right before what is below it.
        TreeAsc = Order::by("tree", Column::Path, Sort::Text),
    }
);

impl Listed for Theme {
    type Filter = ThemeFilter;
    type Order = ThemeOrder;
    const WHICH: &'static str = "Which themes.";
}

impl Rooted for Theme {
    const ONE: Option<(&'static str, &'static str)> = Some(("theme", "The theme with this slug."));
    const SLUG: &'static str = "The slug.";
    const ALL: (&'static str, &'static str) = ("themes", "The themes.");
}

/// The whole tree: of each theme its id, its English name and what it stands below, by place.
pub async fn tree(reader: &Reader) -> Result<Vec<(Uuid, String, Option<Uuid>)>> {
    let rows = reader.all(reader.rows::<Entity>().order_by_asc(Column::Path)).await?;
    Ok(rows.into_iter().map(|row| (row.id.uuid(), row.name, row.parent.map(Id::uuid))).collect())
}

/// What the themes with these slugs are called, by slug.
pub async fn called(reader: &Reader, slugs: &[&str], languages: &[Language]) -> Result<HashMap<String, Called>> {
    let rows = reader.all(reader.rows::<Entity>().filter(Column::Slug.is_in(slugs.iter().copied()))).await?;
    let called = |row: &super::Row| Called::labelled(languages, &row.labels, &row.name, &row.path);
    Ok(rows.into_iter().map(|row| (row.slug.clone(), called(&row))).collect())
}
