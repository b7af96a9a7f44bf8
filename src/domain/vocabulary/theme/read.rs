//! Reading themes.
use std::collections::HashMap;

use async_graphql::{Enum, ID, InputObject};
use sea_orm::{QueryFilter, Select, entity::prelude::*};

use super::{
    Theme,
    row::{Column, Entity},
};
use crate::{
    base::{Language, Result},
    kernel::{Listed, Narrowed, Rooted, label::Called},
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

impl Listed for Theme {
    type Filter = ThemeFilter;
    type Order = ThemeOrder;
    const WHICH: &'static str = "Which themes.";

    fn order(order_by: ThemeOrder, _: &ThemeFilter) -> Result<Order> {
        Ok(match order_by {
            ThemeOrder::NameAsc => Order::by("name", Column::Name, Sort::Text),
            ThemeOrder::TreeAsc => Order::by("tree", Column::Path, Sort::Text),
        })
    }

    fn select(reader: &Reader, filter: &ThemeFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .given(filter.is_root, |is_root| if is_root { Column::Parent.is_null() } else { Column::Parent.is_not_null() })
            .within::<Theme>("within", filter.within.as_ref())?;
        Ok(narrowed.end())
    }
}

impl Rooted for Theme {
    const ONE: Option<(&'static str, &'static str)> = Some(("theme", "The theme with this slug."));
    const SLUG: &'static str = "The slug.";
    const ALL: (&'static str, &'static str) = ("themes", "The themes.");
}

/// What the themes with these slugs are called, by slug.
pub async fn called(reader: &Reader, slugs: &[&str], languages: &[Language]) -> Result<HashMap<String, Called>> {
    let rows = reader.all(reader.rows::<Entity>().filter(Column::Slug.is_in(slugs.iter().copied()))).await?;
    let called = |row: &super::Row| Called::labelled(languages, &row.labels, &row.name, &row.path);
    Ok(rows.into_iter().map(|row| (row.slug.clone(), called(&row))).collect())
}
