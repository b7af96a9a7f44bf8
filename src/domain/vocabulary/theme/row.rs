//! The table of themes.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Theme;
use crate::{
    kernel::{label::Labels, prelude::row::*},
    labelled,
    store::Json,
};

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

labelled!(200);
