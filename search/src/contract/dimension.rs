//! What documents are filtered by and counted by: the dimensions of filters and facets.

use std::collections::BTreeSet;

use super::document::SearchDoc;

/// The columns of values, one a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Dimension {
    Kind,
    Theme,
    Goal,
    Country,
    City,
    Programme,
    Language,
    Year,
}

impl Dimension {
    pub const ALL: [Dimension; 8] = [
        Dimension::Kind,
        Dimension::Theme,
        Dimension::Goal,
        Dimension::Country,
        Dimension::City,
        Dimension::Programme,
        Dimension::Language,
        Dimension::Year,
    ];

    pub fn column(self) -> &'static str {
        match self {
            Dimension::Kind => "kind",
            Dimension::Theme => "theme",
            Dimension::Goal => "goal",
            Dimension::Country => "country",
            Dimension::City => "city",
            Dimension::Programme => "programme",
            Dimension::Language => "language",
            Dimension::Year => "year",
        }
    }

    /// Whether its values are the slugs of things that have names.
    pub fn has_things(self) -> bool {
        matches!(self, Dimension::Theme | Dimension::Goal | Dimension::City | Dimension::Programme)
    }

    /// Whether values stand below one another.
    pub fn is_tree(self) -> bool {
        matches!(self, Dimension::Theme | Dimension::Goal)
    }

    /// The dimension's bit in a set of dimensions.
    pub fn bit(self) -> u8 {
        1 << (self as u8)
    }

    pub fn values(self, doc: &SearchDoc) -> BTreeSet<String> {
        match self {
            Dimension::Kind => BTreeSet::from([doc.key.kind.clone()]),
            Dimension::Theme => doc.themes.iter().cloned().collect(),
            Dimension::Goal => doc.goals.iter().cloned().collect(),
            Dimension::Country => doc.countries.iter().cloned().collect(),
            Dimension::City => doc.cities.iter().cloned().collect(),
            Dimension::Programme => doc.programmes.iter().cloned().collect(),
            Dimension::Language => doc.texts.iter().map(|text| text.language.clone()).collect(),
            Dimension::Year => doc.year.iter().map(i64::to_string).collect(),
        }
    }
}
