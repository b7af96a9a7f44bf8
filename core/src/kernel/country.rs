//! Countries: built in, by ISO 3166-1.
use async_graphql::{Context, Object};

use crate::{
    base::{Code, Language, Result, country, refuse},
    relay::{LanguageTag, context::Asking},
};

/// A country by ISO 3166-1.
#[derive(Clone, Debug)]
pub struct Country(&'static str);

impl Country {
    /// The country with this two-letter code.
    pub fn of(code: &str) -> Option<Self> {
        country::code(code).map(Self)
    }

    /// Countries' codes, each of which must be one, in capital letters; `path` names them in a refusal.
    pub fn check(codes: &[String], path: &str) -> Result<Vec<String>> {
        if let Some(unknown) = codes.iter().find(|code| Self::of(code).is_none()) {
            return refuse(Code::BadInput, path, Self::unknown(unknown));
        }
        Ok(codes.iter().map(|code| code.to_ascii_uppercase()).collect())
    }

    /// What is said of a code that is none.
    pub fn unknown(code: &str) -> String {
        format!("“{code}” is not an ISO 3166-1 two-letter code such as “DE”.")
    }

    /// A code as it is kept, in one spelling; what is none stays as it is, to be refused.
    pub fn one_spelling(code: String) -> String {
        Self::of(&code).map_or(code, |country| country.0.to_owned())
    }

    /// The two-letter code.
    pub fn code(&self) -> &'static str {
        self.0
    }

    /// The short name in the first of these languages that has one, else in English.
    pub fn name(&self, languages: &[Language]) -> &'static str {
        country::name(self.0, languages).unwrap_or(self.0)
    }
}

/// A country by ISO 3166-1.
#[Object(name = "Country")]
impl Country {
    /// The two-letter code: `DE`.
    #[graphql(name = "code")]
    async fn field_code(&self) -> &str {
        self.0
    }

    /// The short name in the reader's best language, else in English.
    #[graphql(name = "name")]
    async fn field_name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> &str {
        match languages {
            Some(tags) => self.name(&tags.into_iter().map(|tag| tag.0).collect::<Vec<_>>()),
            None => self.name(&ctx.scope().languages),
        }
    }
}
