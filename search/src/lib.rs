//! The search index: the only place that knows the engine.
//!
//! It is fed with [`SearchDoc`]s and asked with [`SearchRequest`]s. It knows no kind of thing, only names of kinds; it reads no database and decides no right:
//! a document carries one audience key, perhaps of several parties, a query the keys of its viewer.
//!
//! Rooms, in reading order; each looks only at those before it: [`contract`] what goes in and out, [`analysis`] from texts to terms, [`lexicon`] which words are right, [`index`] the disk and what is kept in memory,
//! [`query`] from what was written to a plan, [`matching`] filters, BM25 and expansions, [`collecting`] a page, its total and its facets, [`presenting`] snippets and
//! explanations, [`answering`] a search, a completion and similar documents from end to end, [`percolator`] stored queries, and [`search_index`] the façade.
//!
//! Invariants:
//! - Hits, totals, facets, snippets, suggestions and scores are those of an index that never held what the viewer may not see.
//! - Responses are keys. Whoever asks loads the things through the database's read door, which checks again: a stale index can hide, never leak.
//! - No query is an error.
//! - What a query finds beyond its own words is told by the index in the light of the viewer, and by [`Synonym`]s, which everyone may know.

mod contract;

mod analysis;

mod lexicon;

mod index;

mod query;

mod matching;

mod collecting;

mod presenting;

mod answering;

mod percolator;

mod search_index;

#[cfg(test)]
mod tests;

pub use contract::{
    Clause, ClauseKind, Contribution, Cursor, DocKey, Explanation, FacetValue, Facets, Factors, Filter, FoundIn, Fragment, Hit,
    Interpretation, LanguageGuess, Near, Order, Page, Point, Reading, SearchDoc, SearchError, SearchRequest, SearchResponse, SearchText,
    Snippet, SnippetField, SuggestRequest, Suggestion, SuggestionSource, Warning,
};
pub use index::rebuild_request;
pub use lexicon::Lexicon;
pub use percolator::{Candidates, Matcher, Percolator, Verifier};
pub use query::{Contradiction, IndexView, ReadText, Synonym, TextReader, contradictions, count_words, is_same};
pub use search_index::{Inspected, Opened, Rebuild, SearchIndex, State, longest_query};
