//! The table of people.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Person;
use crate::{
    kernel::prelude::row::*,
    store::{Blank, Json},
};

/// Whether an account is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Asked to join.
    Invited,
    /// Takes part.
    Active,
    /// Takes part no longer: no token of theirs is worth anything.
    Left,
}

impl Blank for State {
    fn blank() -> Self {
        Self::Invited
    }
}

column_enum!(
    /// Who sees a person's address.
    ContactVisibility as "ContactVisibility" in "SCREAMING_SNAKE_CASE" {
        /// The representatives of the person's own and of partner cities, and stakeholders of a pairing they take part in.
        Partners,
        /// Nobody but the person and administrators.
        Nobody,
        /// Officers and representatives of the programmes the person takes part in, too.
        Programme,
        /// Everyone: who says so is seen by everyone.
        Public,
    }
);

table!(
    /// A row of people.
    "person" of Person {
        pub name: String,
        /// Lower case.
        pub email: String,
        pub languages: Json<Vec<Language>>,
        pub state: State,
        pub contact_visible_to: ContactVisibility,
    }
);

/// An address as it is kept, in one spelling.
pub(super) fn one_spelling(email: &str) -> String {
    email.trim().to_lowercase()
}
