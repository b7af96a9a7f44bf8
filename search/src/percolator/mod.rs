//! The percolator: stored queries, matched by documents: the search turned around.
//!
//! A [`Percolator`] holds queries by the words sought in them, so that a document finds the few that may find it without asking all. Most of these are
//! decided here, from the document and the query alone: a word that says something and stands in the document is a hit, whatever else is asked.
//! What is left depends on what the whole index tells to the query's viewer (which word an unknown one was meant to be, which of many words
//! begin so, what is a compound of what); those are [`Candidates::uncertain`], and whoever asks puts them to a [`Verifier`] of the documents.
//! So the answer is the one a search would give, and costs what the document is like, not how many queries are stored.
//!
//! Reading order: `stored_queries`, `query_terms` (the queries' words, and how a document's words lead to them), `fuzzy` (those an edit or two away), `vocabulary_view` (the words of
//! the index, for what other documents tell of a word), `filter_index` (queries without words), `document_terms` (a document, taken apart), `candidates` (the decision),
//! `verify` (what of it the index must be asked), `unindexed` (what a document alone tells).
//!
//! Invariant: what a viewer's search finds is a candidate, and what is a certain one is found; held by `tests::laws::the_percolator_misses_nothing`. Whoever
//! lets a search find what has none of its words gives `query_terms` a way from the document to it as well.

mod candidates;
mod document_terms;
mod filter_index;
mod fuzzy;
mod query_terms;
mod stored_queries;
mod unindexed;
mod verify;
mod vocabulary_view;

pub use candidates::{Candidates, Matcher};
pub use stored_queries::Percolator;
pub use unindexed::may_find;
pub use verify::Verifier;
