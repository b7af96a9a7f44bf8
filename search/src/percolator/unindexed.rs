//! Whether a query would find a document that is not in the index.

use super::document_terms::DocumentTerms;
use super::query_terms::forms;
use super::verify::is_met;
use crate::analysis::{Slot, stem};
use crate::contract::{Filter, SearchDoc};
use crate::index::is_near;
use crate::matching::{SHORTEST_PART, expansions};
use crate::query::{ParsedQuery, QueryWord, Thesaurus};

/// Whether a query would perhaps find a document: see [`crate::SearchIndex::would_find`].
pub fn may_find(thesaurus: &Thesaurus, query: &ParsedQuery, text: &str, filter: &Filter, doc: &SearchDoc) -> bool {
    if !query.narrow(filter).admits(doc) {
        return false;
    }
    let document = DocumentTerms::of(doc);
    if !is_met(query, &document, doc) {
        return false;
    }
    query.lists(text)
        || Slot::searched().any(|slot| thesaurus.of(query, slot).iter().any(|(_, other)| document.stands_in(slot, &other.words)))
        || query.words.iter().any(|word| forms(&word.written, &word.folded).into_iter().any(|(form, slots)| document.has(form, slots)))
        || query.words.iter().any(|word| document.words.iter().any(|(slot, own)| is_like(*slot, word, own)))
}

/// Whether a word of a query may stand for another word of a text.
fn is_like(slot: Slot, word: &QueryWord, own: &str) -> bool {
    if word.is_prefix {
        return own.starts_with(&word.folded);
    }
    let (sought, term) = (stem(slot, &word.folded), stem(slot, own));
    expansions::may_expand(word)
        && (is_near(&word.folded, own)
            || (slot.is_compounding()
                && (is_part(&sought, own)
                    || is_part(&sought, &term)
                    || is_part(&word.folded, own)
                    || is_part(&term, &word.folded)
                    || is_part(&term, &sought))))
}

/// Whether a word may be a part of a compound.
fn is_part(part: &str, whole: &str) -> bool {
    part.chars().count() >= SHORTEST_PART && (whole.starts_with(part) || whole.ends_with(part))
}
