//! What is known of those who apply.

/// A thing with a stable key and a name for sentences.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    pub key: String,
    pub name: String,
}

impl Named {
    pub fn new(key: impl Into<String>, name: impl Into<String>) -> Self {
        Self { key: key.into(), name: name.into() }
    }
}

/// A challenge or a strength.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Stable, and its own among the lines of all applicants of a call: by it likeness can be looked up.
    pub key: String,
    /// The key of its theme.
    pub theme: Option<String>,
    /// What it is called in sentences; the theme's name, say, or the first words.
    pub title: String,
    /// How much it matters, 1 to 3; what is outside is taken as the nearest of these. Counts for challenges.
    pub importance: u8,
}

/// Cities and countries by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    pub cities: Vec<String>,
    pub countries: Vec<String>,
}

impl Wishes {
    pub(crate) fn is_empty(&self) -> bool {
        self.cities.is_empty() && self.countries.is_empty()
    }

    /// Whether they name this applicant or its country.
    pub(crate) fn name(&self, other: &Applicant) -> bool {
        self.cities.contains(&other.key) || other.country.as_ref().is_some_and(|country| self.countries.contains(country))
    }
}

/// One who applies in a call. What is unknown is `None` or empty, and earns no points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applicant {
    /// Stable; wishes name it, and it breaks ties.
    pub key: String,
    pub name: String,
    /// The key of the side of the call: two of one side are never paired.
    pub side: String,
    pub challenges: Vec<Line>,
    pub strengths: Vec<Line>,
    /// Goals of agendas.
    pub goals: Vec<Named>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// The kind of place: a city, a metropolitan area …
    pub place: Option<Named>,
    /// Languages that it can work in.
    pub languages: Vec<Named>,
    /// The key of its country.
    pub country: Option<String>,
    pub preferred: Wishes,
    /// With these it is never paired, whatever they think of it.
    pub excluded: Wishes,
}
