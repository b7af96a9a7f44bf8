//! The table of themes.
use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Theme;
use crate::{
    access::Audience,
    base::{Id, Moment},
    store::Json,
    table,
};

/// Labels by language tag.
pub type Labels = BTreeMap<String, String>;

table!(
    /// A row of themes.
    "theme" of Theme {
        pub name: String,
        pub labels: Json<Labels>,
        pub parent: Option<Id<Theme>>,
        /// The slugs from the root to this theme, each with a slash behind it: `mobility/cycling/`.
        pub path: String,
    }
);
