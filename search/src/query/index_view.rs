//! One moment of the index and of its synonyms: what queries asked in that moment are answered from.

use std::sync::Arc;

use super::synonyms::Thesaurus;
use crate::index::Searcher;
use crate::lexicon::Lexicon;

/// The index as it is in one moment.
#[derive(Clone)]
pub struct IndexView {
    pub(crate) searcher: Arc<Searcher>,
    pub(crate) thesaurus: Arc<Thesaurus>,
    pub(crate) lexicon: Arc<Lexicon>,
}
