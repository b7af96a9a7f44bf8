//! Stop words: the words of each language that say nothing, by the engine's lists and our own.

use std::sync::LazyLock;

use foldhash::HashMap;
use parking_lot::RwLock;
use tantivy::tokenizer::{RawTokenizer, StopWordFilter, TextAnalyzer, TokenStream};

use super::languages::LANGUAGES;
use super::slot::Slot;

/// How many words of queries are remembered, and how many words of texts by slot.
const CACHED: usize = 32_768;
const CACHED_BY_SLOT: usize = 65_536;

/// The slots in whose language a word says nothing, as a set of [`Slot::bit`]s. Names have no such words.
///
/// Lists are looked up once a word and remembered: people ask with the same words again and again.
pub fn stop_word_slots(written: &str, folded: &str) -> u64 {
    static KNOWN: LazyLock<RwLock<HashMap<String, u64>>> = LazyLock::new(RwLock::default);
    let written = written.to_lowercase();
    if let Some(&slots) = KNOWN.read().get(&written) {
        return slots;
    }
    let slots = look_up_stop_word_slots(&written, folded);
    let mut known = KNOWN.write();
    if known.len() >= CACHED {
        known.clear();
    }
    known.insert(written, slots);
    slots
}

/// Whether a folded word says nothing in a slot's language; not remembered.
fn look_up_stop_word(slot: Slot, folded: &str) -> bool {
    let Some(language) = slot.language() else { return false };
    let is_listed = |filter: &TextAnalyzer| !filter.clone().token_stream(folded).advance();
    language.stop_words.split_ascii_whitespace().any(|word| word == folded)
        || FILTERS.get(slot.index()).and_then(Option::as_ref).is_some_and(is_listed)
}

/// The engine's own lists, by language.
static FILTERS: LazyLock<Vec<Option<TextAnalyzer>>> = LazyLock::new(|| {
    let filter = |listed| Some(TextAnalyzer::builder(RawTokenizer::default()).filter(StopWordFilter::new(listed)?).build());
    LANGUAGES.iter().map(|language| language.listed.and_then(filter)).collect()
});

fn look_up_stop_word_slots(written: &str, folded: &str) -> u64 {
    let is_listed = |filter: &TextAnalyzer| [written, folded].into_iter().any(|word| !filter.clone().token_stream(word).advance());
    let slots = LANGUAGES.iter().zip(&*FILTERS).enumerate().filter(|(_, (language, filter))| {
        language.stop_words.split_ascii_whitespace().any(|word| word == folded) || filter.as_ref().is_some_and(is_listed)
    });
    slots.fold(0, |set, (at, _)| set | Slot(at as u8).bit())
}

/// Whether a folded word says nothing in a language; remembered, as texts repeat their words.
pub fn is_stop_word(slot: Slot, folded: &str) -> bool {
    static KNOWN: RwLock<Vec<HashMap<String, bool>>> = RwLock::new(Vec::new());
    if let Some(&known) = KNOWN.read().get(slot.index()).and_then(|known| known.get(folded)) {
        return known;
    }
    let is_stop_word = look_up_stop_word(slot, folded);
    let mut known = KNOWN.write();
    if known.len() <= slot.index() {
        known.resize_with(Slot::COUNT, HashMap::default);
    }
    if known[slot.index()].len() >= CACHED_BY_SLOT {
        known[slot.index()].clear();
    }
    known[slot.index()].insert(folded.to_owned(), is_stop_word);
    is_stop_word
}
