//! The inverted index, on disk and in memory: what is written of a document, and what can be read of all.
//!
//! Reading order: `schema` which fields there are and how a document becomes terms, with `vocabulary_terms`, `filter_name_terms` and `own_name_terms`; [`index_directory`](IndexDirectory)
//! the disk; `segment_columns` with `value_dictionary`, `field_stats`, `recency` and `bit_set` what is kept in memory of a segment; [`searcher`](Searcher)
//! one moment of all segments; [`visibility`](Visibility) what of it a viewer may see. Above these, what is looked up: [`vocabulary`] words, with `levenshtein` nearly,
//! and `phrase_match` words that follow one another. [`rebuild_request`] is how a command asks a running hub for a new index.
//!
//! Invariant: whatever is counted or looked up is that of the viewer's visible documents: who reads terms reads them through `visibility`.

mod bit_set;
mod field_stats;
mod filter_name_terms;
mod index_directory;
mod levenshtein;
mod own_name_terms;
mod phrase_match;
pub mod rebuild_request;
mod recency;
mod schema;
mod searcher;
mod segment_columns;
mod value_dictionary;
mod visibility;
pub mod vocabulary;
mod vocabulary_terms;

pub use bit_set::{BitSet, Docs};
pub use field_stats::FieldStats;
pub use filter_name_terms::prefix;
pub use index_directory::{IndexDirectory, Unusable};
pub use levenshtein::{EditAutomaton, first_letter, is_near, max_edits};
pub use own_name_terms::term as own_name_term;
pub use phrase_match::{each_phrase_match, phrase_frequencies};
pub use schema::{Fields, LAYOUT};
pub use searcher::{Searcher, Segment};
pub use segment_columns::{NameOrTitle, SegmentColumns, SlotColumns};
pub use value_dictionary::{ValueDictionary, ValueSpace};
pub use visibility::{Visibility, each_visible_doc, has_visible_doc, visible_doc_freq};
pub use vocabulary::IndexedWord;
