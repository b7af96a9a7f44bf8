//! Other names of a thing: other languages, short forms, former names; each with who uses it.
use serde::{Deserialize, Serialize};

use crate::{
    base::{Language, text::fold},
    store::Json,
};

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

impl From<&AliasRecord> for Alias {
    fn from(record: &AliasRecord) -> Self {
        match record {
            AliasRecord::Name(name) => Self { name: name.clone(), language: None, source: None },
            AliasRecord::Full(alias) => alias.clone(),
        }
    }
}

/// The aliases of a record or an input.
pub fn read<'l, A>(list: &'l [A]) -> Json<Vec<Alias>>
where
    Alias: From<&'l A>,
{
    Json(list.iter().map(Alias::from).collect())
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
        impl From<&$input> for $crate::kernel::alias::Alias {
            fn from(input: &$input) -> Self {
                let language = input.language.clone().map(|tag| tag.0);
                Self { name: input.name.trim().to_owned(), language, source: input.source.clone() }
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
