//! What the index answers.

use super::doc::DocKey;
use super::place::Cursor;

/// A page of hits and what is known about all of them.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub hits: Vec<Hit>,
    /// How many hits there are on all pages: exact, under the filter and the viewer's audiences.
    pub total: u64,
    pub facets: Option<Facets>,
    /// The question as it was perhaps meant. Always `None` until words are corrected from the index's vocabulary.
    pub did_you_mean: Option<String>,
    pub has_next: bool,
    pub has_previous: bool,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub key: DocKey,
    /// Nothing to compare between questions; zero when no words were sought.
    pub score: f32,
    /// The language of the text that matched; `None` when only a name did, or no words were sought.
    pub language: Option<String>,
    pub snippets: Vec<Snippet>,
    pub cursor: Cursor,
}

/// A piece of a text in its original spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    pub field: SnippetField,
    /// Joined together they are the piece; those that match are marked.
    pub fragments: Vec<Fragment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnippetField {
    Title,
    Summary,
    Body,
    Name,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    pub text: String,
    pub is_match: bool,
}

/// How many hits have which value. Each facet ignores the filter on itself, so that alternatives stay in sight; values by count, then name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    pub kinds: Vec<FacetValue>,
    pub themes: Vec<FacetValue>,
    pub goals: Vec<FacetValue>,
    pub countries: Vec<FacetValue>,
    pub cities: Vec<FacetValue>,
    pub programmes: Vec<FacetValue>,
    pub languages: Vec<FacetValue>,
    pub years: Vec<FacetValue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    pub value: String,
    pub count: u64,
}

/// A completion of what is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// A title or a name, in its original spelling.
    pub text: String,
    /// The language of a title; names have none.
    pub language: Option<String>,
    /// What bears it.
    pub key: DocKey,
}
