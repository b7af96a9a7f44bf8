//! The table of saved searches.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::SavedSearch;
use crate::{domain::person::Person, kernel::prelude::row::*, search, store::Json};

table!(
    /// A row of saved searches.
    "saved_search" of SavedSearch {
        pub person: Id<Person>,
        pub name: String,
        /// The words sought.
        pub text: String,
        pub filter: Json<search::Filter>,
        pub languages: Json<Vec<Language>>,
        /// The unguessable part of its feed's address.
        pub secret: String,
    }
);
