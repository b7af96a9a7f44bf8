//! Countries: built in, by ISO 3166-1.
use async_graphql::SimpleObject;

/// A country by ISO 3166-1.
#[derive(Clone, Debug, SimpleObject)]
pub struct Country {
    /// The two-letter code: `DE`.
    pub code: String,
    /// The short English name.
    pub name: String,
}

impl Country {
    /// The country with this two-letter code.
    pub fn of(code: &str) -> Option<Self> {
        let found = celes::Country::from_alpha2(code).ok()?;
        Some(Self { code: found.alpha2.to_owned(), name: found.long_name.to_owned() })
    }
}
