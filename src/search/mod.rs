//! The search index: the only place that knows the engine.
//!
//! It is fed with [`SearchDoc`]s and asked with [`SearchRequest`]s. It knows no kind of thing, only names of kinds; it reads no database and decides no right:
//! a document carries one audience key, a query the keys of its viewer.
//!
//! Reading order: [`doc`] what goes in, [`request`] and [`response`] what is asked and answered, `fields` the layout, `words`, `analyse`, `folded` and `languages` from text
//! to terms, `phrases` what of it may complete a prefix, `volume`, [`index`] and [`rebuild_request`] the disk, `docs`, `recency`, `shelf` and `searcher` what is kept in memory, `query`, `named`, `vocabulary`,
//! `expansions`, `correct`, `synonyms`, `plan`, `score`, `sieve`, `screen`, `facets`, `collect` and `why` from a query to its answer, [`place`] and `pin` from one page to the next,
//! `snippet` with `sentences`, `suggest` with `leading`, and `similar`.
//!
//! Invariants:
//! - Hits, totals, facets, snippets, suggestions and scores are those of an index that never held what the viewer may not see.
//! - Answers are keys. Whoever asks loads the things through the database's read door, which checks again: a stale index can hide, never leak.
//! - No query is an error.
//! - What a query finds beyond its own words is told by the index in the light of the viewer, and by [`Synonym`]s, which everyone may know.

pub mod doc;
pub mod error;
pub mod index;
pub mod percolator;
pub mod place;
pub mod rebuild_request;
pub mod request;
pub mod response;

mod analyse;
mod bulgarian;
mod collect;
mod correct;
mod docs;
mod expansions;
mod explain;
mod facets;
mod fields;
mod folded;
mod globe;
mod languages;
mod leading;
mod named;
mod phrases;
mod pin;
mod plan;
mod query_parser;
mod recency;
mod score;
mod screen;
mod sentences;
mod shelf;
mod sieve;
mod similar;
mod snapshot;
mod snippet;
mod suggest;
mod synonyms;
mod values;
mod vocabulary;
mod volume;
mod words;

#[cfg(test)]
mod tests;

pub use doc::{DocKey, Point, SearchDoc, SearchText};
pub use error::SearchError;
pub use index::{Inspected, Opened, Rebuild, SearchIndex, State};
pub use percolator::{Candidates, Matcher, Percolator, Verifier};
pub use place::Cursor;
pub use request::{Filter, Near, Order, Page, SearchRequest, SuggestRequest};
pub use response::{
    Clause, ClauseKind, Contribution, Explanation, FacetValue, Facets, FoundIn, Fragment, Hit, Interpretation, LanguageGuess,
    SearchResponse, Snippet, SnippetField, Suggestion, SuggestionSource,
};
pub use synonyms::{Synonym, count_words, is_same};
