//! Text analysis: from texts, names and queries to terms, the same way for all of them.
//!
//! Reading order: `tokenizer` cuts a text into words, `folding` takes case and accents from them, `languages` with `stop_words`, `stemmer` and
//! `bulgarian_stemmer` say what is special to a language, `slot` which field of the index its words go to, and `analyzer` puts these together. `edge_ngrams` are
//! for completing what is being typed, `preanalyzed` hands the engine terms that were made before. `phrases` and `sentences` are what words stand in.
//!
//! Invariant: pure; what is done to a text depends on the text and its language alone.

mod analyzer;
mod bulgarian_stemmer;
mod edge_ngrams;
mod folding;
mod languages;
pub mod phrases;
mod preanalyzed;
mod sentences;
mod slot;
mod stemmer;
mod stop_words;
mod tokenizer;

pub use analyzer::{Analyzer, spelled_stem, stem};
pub use edge_ngrams::{EDGE_NGRAM, EdgeNgrams};
pub use folding::{FoldedText, fold_span, fold_words, read_words};
pub use languages::LANGUAGES;
pub use phrases::{Phrases, find};
pub use preanalyzed::PreanalyzedTerms;
pub use sentences::sentences;
pub use slot::Slot;
pub use stop_words::stop_word_slots;
pub use tokenizer::spans;
