//! The table of people.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Person;
use crate::{
    access::Audience,
    base::{Code, Id, Language, Moment, Result, refuse, refuse_if, text::is_blank},
    store::Json,
    table,
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

table!(
    /// A row of people.
    "person" of Person {
        pub name: String,
        /// Lower case.
        pub email: String,
        pub languages: Json<Vec<Language>>,
        pub state: State,
    }
);

/// An address as it is kept: trimmed, lower case, with one @ between two parts.
pub(super) fn email(text: &str, path: &str) -> Result<String> {
    let text = text.trim().to_lowercase();
    let is_good = text.len() <= 254
        && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
        && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    if is_good { Ok(text) } else { refuse(Code::BadInput, path, "This is not an address such as “ada@example.org”.") }
}

/// A name as it is kept.
pub(super) fn name(text: &str, path: &str) -> Result<String> {
    let text = text.trim();
    refuse_if(is_blank(text), Code::Required, path, "Give a name.")?;
    refuse_if(text.chars().count() > 200, Code::TooLong, path, "A name has at most 200 characters.")?;
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_spelling() {
        assert_eq!(email(" Ada@Example.org ", "").unwrap(), "ada@example.org");
        for bad in ["", "ada", "@example.org", "ada@", "a b@example.org", "a@b@c"] {
            assert!(email(bad, "").is_err(), "{bad}");
        }
    }
}
