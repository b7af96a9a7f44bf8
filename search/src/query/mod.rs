//! Query understanding: from what somebody wrote to a plan of the terms to look up.
//!
//! Reading order: [`parsed_query`](ParsedQuery) and `query_parser` the query language, `field_values` and [`filter_names`] what stands behind `field:`, `synonyms` what words
//! also find, [`query_plan`](QueryPlan) the terms, slot by slot, `contradictions` whether it can ever find anything, and [`index_view`](IndexView) the moment all this is asked of. [`likeness`](TextReader) compares two texts word by word, without an index.
//!
//! Invariant: everything is a query; none is an error.

mod contradictions;
mod field_values;
pub mod filter_names;
mod index_view;
mod likeness;
mod parsed_query;
mod query_parser;
mod query_plan;
mod synonyms;

pub use contradictions::{Contradiction, contradictions};
pub use filter_names::is_visible;
pub use index_view::IndexView;
pub use likeness::{ReadText, TextReader};
pub use parsed_query::{MOST_WORDS, ParsedQuery, QueryWord, narrowed};
pub use query_parser::LONGEST;
pub use query_plan::{Expansions, PlannedTerm, QueryPlan, SlotPlan, WordExpansion};
pub use synonyms::{Synonym, SynonymText, Thesaurus, count_words, is_same};
