//! The search index: the only place that knows the engine.
//!
//! It is fed with [`SearchDoc`]s and asked with [`Ask`]s. It knows no kind of thing, only names of kinds; it reads no database and decides no right:
//! a document carries one audience key, a question the keys of its viewer.
//!
//! Reading order: [`doc`] what goes in, [`ask`] and [`answer`] what is asked and answered, `fields` the layout, `words`, `analyse` and `languages` from text
//! to terms, `volume` and [`index`] the disk, `shelf` and `snapshot` what is kept in memory, `question`, `named`, `vocabulary`,
//! `variants`, `plan`, `score`, `sieve`, `screen`, `facets`, `collect` and `why` from a question to its answer, `snippet` with `sentences`, `suggest` and `similar`.
//!
//! Invariants:
//! - Hits, totals, facets, snippets, suggestions and scores are those of an index that never held what the viewer may not see.
//! - Answers are keys. Whoever asks loads the things through the database's read door, which checks again: a stale index can hide, never leak.
//! - No question is an error.
//!
//! Not here yet: synonyms.

pub mod answer;
pub mod ask;
pub mod doc;
pub mod error;
pub mod index;
pub mod net;
pub mod place;

mod analyse;
mod bulgarian;
mod collect;
mod correct;
mod facets;
mod fields;
mod globe;
mod languages;
mod named;
mod plan;
mod question;
mod score;
mod screen;
mod sentences;
mod shelf;
mod sieve;
mod similar;
mod snapshot;
mod snippet;
mod suggest;
mod values;
mod variants;
mod vocabulary;
mod volume;
mod why;
mod words;

#[cfg(test)]
mod tests;

pub use answer::{
    Answer, Contribution, FacetValue, Facets, FoundIn, Fragment, Guess, Hit, Meaning, Part, Snippet, SnippetField, Suggestion, Understood,
    Why,
};
pub use ask::{Ask, Complete, Filter, Near, Order, Page};
pub use doc::{DocKey, Point, SearchDoc, SearchText};
pub use error::SearchError;
pub use index::{Inspected, Opened, Rebuild, SearchIndex, State};
pub use net::Net;
pub use place::Cursor;
