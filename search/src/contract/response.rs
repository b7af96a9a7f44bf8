//! What the index answers: hits, facets, snippets, suggestions, and how it came to them.

use super::cursor::Cursor;
use super::document::DocKey;

/// A page of hits and what is known about all of them.
#[derive(Clone, Debug, Default)]
pub struct SearchResponse {
    pub hits: Vec<Hit>,
    /// How many hits there are on all pages: exact, under the filter and the viewer's audiences.
    pub total: u64,
    pub facets: Option<Facets>,
    /// The query as it was perhaps meant, where words of it are not known.
    pub did_you_mean: Option<String>,
    pub interpretation: Interpretation,
    pub has_next: bool,
    pub has_previous: bool,
}

/// How a query was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interpretation {
    pub clauses: Vec<Clause>,
    /// The languages that it may be in, the likeliest first.
    pub languages: Vec<LanguageGuess>,
    /// Whether there is nothing in it that could be sought, though something was written.
    pub is_void: bool,
    pub reading: Reading,
    pub finds_nothing: bool,
    pub warnings: Vec<Warning>,
}

/// How strictly a query was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Phrases and fields must be met, what is excluded must not be there.
    #[default]
    Strict,
    /// It is prose that somebody pasted: all of it is words, and its phrases weigh.
    Prose,
    /// Nothing met it taken strictly: its phrases, fields and exclusions weigh.
    Relaxed,
}

/// Something that a request asks for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The query was longer than what is read.
    Cut,
    /// These words were not heeded: there were too many before them.
    UnheededWords(Vec<String>),
    /// So many phrases, exclusions and fields were not heeded, for the same reason.
    UnheededParts(usize),
    /// Nothing visible is called so, or has it: a value of a field of the query.
    UnknownField { field: &'static str, value: String },
    /// The same of a value of the filter.
    UnknownFilter { field: &'static str, value: String },
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub kind: ClauseKind,
    /// As it was written; of a field, its value.
    pub text: String,
    /// Of a field, its name.
    pub field: Option<&'static str>,
    /// What an unknown word was taken for first of all.
    pub corrected: Option<String>,
    /// Everything it was taken for, in each of the languages that are likely, the likeliest first.
    pub corrections: Vec<String>,
    /// Of a right word that nothing has, what it was perhaps meant to be all the same; not sought.
    pub offered: Vec<String>,
    /// Of a word or a beginning, whether it is sought and anything visible has it, or what it was taken for; of a field, whether anything visible has its value.
    pub is_found: bool,
    /// What a word also stood for, as administrators say.
    pub synonyms: Vec<String>,
    /// Of a field, the values it was taken for that anything visible has.
    pub values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    Word,
    /// A word that says nothing.
    StopWord,
    Prefix,
    Phrase,
    Excluded,
    Field,
    ExcludedField,
}

/// A language that a query may be in.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageGuess {
    pub language: String,
    /// Against the likeliest, which has 1.
    pub likelihood: f32,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub key: DocKey,
    /// Nothing to compare between queries; zero when no words were sought.
    pub score: f32,
    /// The language of the text that matched; `None` when only a name did, or no words were sought.
    pub language: Option<String>,
    pub snippets: Vec<Snippet>,
    /// Why it scored so, where that was asked and words were sought.
    pub explanation: Option<Explanation>,
    pub cursor: Cursor,
}

/// A score taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The sum of the points.
    pub score: f32,
    /// The language in which the thing fits best; `None` where only a name matched.
    pub language: Option<String>,
    /// What a match in that language counts, by how likely the query is in it; 1 for the likeliest.
    pub trust: f32,
    pub factors: Factors,
    pub parts: Vec<Contribution>,
}

/// What a score is multiplied by beside what words give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors {
    /// What the thing's date makes of it.
    pub recency: f32,
    /// What its kind makes of it.
    pub kind: f32,
    /// What it makes that the query is what the thing is called.
    pub name: f32,
    /// What phrases, fields and exclusions make that weigh.
    pub marks: f32,
}

impl Factors {
    pub fn product(self) -> f32 {
        self.recency * self.kind * self.name * self.marks
    }
}

/// What one word gave: `points = weight × boost × rarity × saturation × trust × factors`; in names the trust is 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    pub found_in: FoundIn,
    /// The words of the query, as they were written.
    pub words: Vec<String>,
    /// The forms of them that the thing has, as the index keeps them.
    pub terms: Vec<String>,
    /// How often they stand there; what is not quite the word counts for less than one.
    pub frequency: f32,
    /// In how many of the documents with words in this place they stand.
    pub documents: u64,
    pub of_documents: u64,
    /// The inverse document frequency.
    pub idf: f32,
    /// What the frequency makes, held back by the length of the text.
    pub saturation: f32,
    /// How often the words stand in the query, less where they are corrected.
    pub weight: f32,
    /// What a word counts in this place.
    pub boost: f32,
    pub points: f32,
}

/// Where a word was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundIn {
    /// Anywhere in the title, the summary or the text.
    Text,
    /// In the title, for which it counts once more.
    Title,
    Name,
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
    pub source: SuggestionSource,
}

/// What a completion is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuggestionSource {
    /// The name of this thing.
    Name(DocKey),
    /// The title of this thing.
    Title(DocKey),
    /// What several things say.
    Phrase,
}
