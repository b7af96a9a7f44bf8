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
    /// The question as it was perhaps meant, where words of it are not known.
    pub did_you_mean: Option<String>,
    pub understood: Understood,
    pub has_next: bool,
    pub has_previous: bool,
}

/// How a question was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understood {
    pub parts: Vec<Part>,
    /// The languages that it may be in, the likeliest first.
    pub languages: Vec<Guess>,
}

/// A part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub meaning: Meaning,
    /// As it was written; of a field, its value.
    pub text: String,
    /// Of a field, its name.
    pub field: Option<&'static str>,
    /// What an unknown word was taken for.
    pub corrected: Option<String>,
    /// What a word also stood for, as administrators say.
    pub synonyms: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Word,
    /// A word that says nothing.
    Unheeded,
    Beginning,
    Phrase,
    Without,
    Field,
    WithoutField,
}

/// A language that a question may be in.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    pub language: String,
    /// Against the likeliest, which has 1.
    pub likelihood: f32,
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
    /// The page it stands on, where the text has pages; the first is 1.
    pub page: Option<u32>,
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
    /// A title, a name or a phrase, in its original spelling.
    pub text: String,
    /// The language of a title or phrase; names have none.
    pub language: Option<String>,
    pub of: Suggested,
}

/// What a completion is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggested {
    /// The name of this thing.
    Name(DocKey),
    /// The title of this thing.
    Title(DocKey),
    /// What several things say.
    Phrase,
}
