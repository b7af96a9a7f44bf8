//! Matching and scoring: which documents a plan finds, how well, and what its words may stand for beside themselves.
//!
//! Reading order: `filters` and `constraints` which documents come into question, [`term_lookup`] where the terms of a plan stand, `scorer` BM25 over them, `boosts` what scores
//! are multiplied by. What a first look-up
//! finds tells how a query is [expanded](expansions): by prefixes, synonyms, `compounds` and corrections of `spelling`; then it is planned and looked up again.
//! [`interpretation`] tells how it was understood, [`warnings`] what of it nothing has.

mod boosts;
mod compounds;
mod constraints;
pub mod expansions;
mod filters;
pub mod interpretation;
mod scorer;
mod spelling;
pub mod term_lookup;
pub mod warnings;

pub use boosts::Boosts;
pub use compounds::{LINKING_ELEMENTS, SHORTEST_PART, inflections};
pub use filters::{DocFilter, FilterMisses};
pub use term_lookup::{DocumentFrequencies, ExecutedQuery, FieldTerms, K1, LanguageTerms, ResolvedPlan, ResolvedTerm, TermPostings, idf};
