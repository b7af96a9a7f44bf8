//! Whether a question would find a document that is not in the index.

use super::super::analyse::stem;
use super::super::doc::SearchDoc;
use super::super::languages::Slot;
use super::super::question::{Question, Word};
use super::super::request::Filter;
use super::super::synonyms::Thesaurus;
use super::super::{variants, vocabulary};
use super::document_terms::DocumentTerms;
use super::query_terms::forms;
use super::verify::is_met;

/// Whether a question would perhaps find a document: see [`super::super::SearchIndex::would_find`].
pub(in super::super) fn may_find(thesaurus: &Thesaurus, question: &Question, text: &str, filter: &Filter, doc: &SearchDoc) -> bool {
    if !question.narrow(filter).admits(doc) {
        return false;
    }
    let document = DocumentTerms::of(doc);
    if !is_met(question, &document, doc) {
        return false;
    }
    question.lists(text)
        || Slot::sought().any(|slot| thesaurus.of(question, slot).iter().any(|(_, other)| document.stands_in(slot, &other.words)))
        || question.words.iter().any(|word| forms(&word.written, &word.folded).into_iter().any(|(form, slots)| document.has(form, slots)))
        || question.words.iter().any(|word| document.words.iter().any(|(slot, own)| is_like(*slot, word, own)))
}

/// Whether a word of a question may stand for another word of a text.
fn is_like(slot: Slot, word: &Word, own: &str) -> bool {
    if word.is_prefix {
        return own.starts_with(&word.folded);
    }
    let (sought, term) = (stem(slot, &word.folded), stem(slot, own));
    variants::may_vary(word)
        && (vocabulary::is_near(&word.folded, own)
            || (slot.is_compounding() && (is_part(&sought, own) || is_part(&word.folded, own) || is_part(&term, &word.folded))))
}

/// Whether a word may be a part of a compound.
fn is_part(part: &str, whole: &str) -> bool {
    part.chars().count() >= variants::SHORTEST && (whole.starts_with(part) || whole.ends_with(part))
}
