//! One moment of the index and of its synonyms: what queries asked in that moment are answered from.

use std::sync::Arc;

use super::synonyms::Thesaurus;
use crate::search::index::Searcher;
use crate::search::lexicon::Lexicon;

/// The index as it is in one moment.
#[derive(Clone)]
pub struct IndexView {
    pub(in crate::search) searcher: Arc<Searcher>,
    pub(in crate::search) thesaurus: Arc<Thesaurus>,
    pub(in crate::search) lexicon: Arc<Lexicon>,
}
