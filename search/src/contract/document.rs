//! What other folders hand to the index: a thing, told as texts, names and values.

use uuid::Uuid;

use super::geo::Point;

/// Names one document in the index: what kind of thing it is, and which one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocKey {
    /// A name of a kind, such as "practice". The index never asks what it means.
    pub kind: String,
    pub id: Uuid,
}

/// Stands between the parties of an audience.
pub const PARTY: char = '+';

/// A thing as the index knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchDoc {
    pub key: DocKey,
    /// The audience key that lets a viewer find it: "public", "city:…"; or the keys of several parties, any of which does: "officers:…+city:…".
    pub audience: String,
    /// What filters call it, where other things are filtered by it.
    pub slug: Option<String>,
    pub texts: Vec<SearchText>,
    /// Names, aliases and codes, which belong to no language.
    pub names: Vec<String>,
    /// Values to filter by and to count; a theme comes with its ancestors.
    pub themes: Vec<String>,
    pub goals: Vec<String>,
    pub countries: Vec<String>,
    pub cities: Vec<String>,
    pub programmes: Vec<String>,
    pub year: Option<i64>,
    pub point: Option<Point>,
    /// Microseconds since 1970, for ordering by date.
    pub date: i64,
    /// What a match counts in it beside one in another document: 1, if not less.
    pub weight: f32,
    /// Whether it was taken back: then it is not found, and told of as withdrawn where it was told of before.
    pub is_withdrawn: bool,
}

impl SearchDoc {
    /// Whether a viewer of these keys may find it.
    pub fn is_for(&self, allowed: &[String]) -> bool {
        self.audience.split(PARTY).any(|party| allowed.iter().any(|key| key == party))
    }

    /// Is found under the same themes, goals and places as another one.
    pub fn lie_where(&mut self, other: &Self) {
        self.themes.clone_from(&other.themes);
        self.goals.clone_from(&other.goals);
        self.countries.clone_from(&other.countries);
        self.cities.clone_from(&other.cities);
        self.programmes.clone_from(&other.programmes);
        self.point = other.point;
    }

    /// A document with nothing to find yet.
    pub fn new(key: DocKey, audience: impl Into<String>) -> SearchDoc {
        SearchDoc {
            key,
            audience: audience.into(),
            slug: None,
            texts: Vec::new(),
            names: Vec::new(),
            themes: Vec::new(),
            goals: Vec::new(),
            countries: Vec::new(),
            cities: Vec::new(),
            programmes: Vec::new(),
            year: None,
            point: None,
            date: 0,
            weight: 1.0,
            is_withdrawn: false,
        }
    }

    /// Its title in its own language, or a name.
    pub fn title(&self) -> &str {
        let original = self.texts.iter().find(|text| text.is_original).or(self.texts.first());
        original
            .map(|text| text.title.as_str())
            .filter(|title| !title.is_empty())
            .or(self.names.first().map(String::as_str))
            .unwrap_or_default()
    }
}

/// One language version of what people wrote. Its language is believed, not guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchText {
    /// A BCP 47 tag.
    pub language: String,
    pub is_original: bool,
    pub title: String,
    pub summary: String,
    pub body: String,
}
