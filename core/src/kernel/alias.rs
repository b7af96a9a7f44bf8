//! Other names of a thing: other languages, short forms, former names; each with who uses it.
use serde::{Deserialize, Serialize};

use crate::{
    base::{Language, Result, text::fold},
    item,
    store::{Json, Refusals},
};

/// The longest of who uses an alias, in characters.
const LONGEST_SOURCE: usize = 2_000;

/// Another name of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// Its language, where it is known.
    pub language: Option<Language>,
    /// Who uses it.
    pub source: Option<String>,
}

/// An alias of a record: its name alone, or with its language and source.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "expected a name, or a name with its language and source")]
pub enum AliasRecord {
    /// The name.
    Name(String),
    /// The whole.
    Full(Alias),
}

impl From<AliasRecord> for Alias {
    fn from(record: AliasRecord) -> Self {
        match record {
            AliasRecord::Name(name) => Self { name, language: None, source: None },
            AliasRecord::Full(alias) => alias,
        }
    }
}

// A kind's own input says more than the name.
item!(Alias, String => |name| AliasRecord::Name(name).into(), AliasRecord => Alias::from, |alias| AliasRecord::Full(alias.clone()));

/// Refuses aliases without a name, and names and sources that are too long.
pub fn check(aliases: &Json<Vec<Alias>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, alias) in aliases.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.name"), &alias.name, longest);
        refusals.too_long(&format!("{field}.{index}.source"), alias.source.as_deref(), LONGEST_SOURCE);
    }
    Ok(())
}

/// Declares the graph's types of a kind's aliases: as they are told, and as inputs take them.
#[macro_export]
macro_rules! alias {
    ($(#[$doc:meta])* $told:ident, $input:ident $(#[$language:meta])* language) => {
        $(#[$doc])*
        #[derive(Clone, Debug, async_graphql::SimpleObject)]
        pub struct $told {
            /// The name.
            pub name: String,
            $(#[$language])*
            pub language: Option<$crate::relay::LanguageTag>,
            /// Who uses it.
            pub source: Option<String>,
        }
        impl From<&$crate::kernel::alias::Alias> for $told {
            fn from(alias: &$crate::kernel::alias::Alias) -> Self {
                Self { name: alias.name.clone(), language: alias.language.clone().map($crate::relay::LanguageTag), source: alias.source.clone() }
            }
        }

        $(#[$doc])*
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct $input {
            /// The name.
            pub name: String,
            /// Its language.
            pub language: Option<$crate::relay::LanguageTag>,
            /// Who uses it.
            pub source: Option<String>,
        }
        impl From<$input> for $crate::kernel::alias::Alias {
            fn from(input: $input) -> Self {
                Self { name: input.name.trim().to_owned(), language: input.language.map(|tag| tag.0), source: input.source }
            }
        }
    };
}

/// All names of a thing folded, each between bars, for look-ups.
pub fn folded(name: &str, aliases: &[Alias]) -> String {
    let all = std::iter::once(name).chain(aliases.iter().map(|alias| alias.name.as_str())).map(fold);
    all.fold(String::from("|"), |names, name| format!("{names}{name}|"))
}

/// All names of a thing, for the index.
pub fn all(name: &str, aliases: &[Alias]) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(aliases.iter().map(|alias| alias.name.clone())).collect()
}
