//! Pieces of a hit's texts, in the original spelling, with the words that match marked.
//!
//! A text is read again by the analyzer that indexed it, so what is marked is what matched: "Radwege" for "Radweg". Short texts are told whole;
//! of long ones, the piece of one page with most different words of the query, in whole sentences, or in whole words of a sentence that is too long.
//!
//! Invariant: a snippet's fragments, joined, are a slice of the text. Held by `tests::snippets_are_slices_of_their_text`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use tantivy::TantivyDocument;
use tantivy::tokenizer::{TokenStream, Tokenizer};
use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::{Analyzer, Slot, sentences};
use crate::contract::{Fragment, SearchText, Snippet, SnippetField};
use crate::index::Fields;
use crate::query::{PlannedTerm, QueryPlan};

/// The length of a piece, and how much longer a text may be to be told whole, in characters.
const LENGTH: usize = 200;
const WHOLE: usize = 240;
/// How far from a piece the borders of its sentences are looked for, in characters.
const AROUND: usize = 600;

/// What stands between the pages of a text that has pages.
const PAGE_BREAK: char = '\u{c}';

thread_local! {
    /// Analysers that remember the stems of the words they met.
    static ANALYZERS: RefCell<HashMap<Slot, Analyzer>> = RefCell::default();
}

/// The snippets of a hit that matched in a slot.
pub fn snippets(fields: &Fields, stored: &TantivyDocument, plan: &QueryPlan, slot: Slot) -> Vec<Snippet> {
    if slot == Slot::NAMES {
        let names = fields.names_and_titles(stored).into_iter().filter(|(_, language)| language.is_none());
        return names.filter_map(|(name, _)| snippet(SnippetField::Name, &name, slot, plan.terms(slot))).take(1).collect();
    }
    let mut texts: Vec<SearchText> = fields.texts(stored);
    texts.retain(|text| Slot::of(&text.language) == slot);
    texts.sort_by_key(|text| !text.is_original);
    let parts = texts
        .iter()
        .flat_map(|text| [(SnippetField::Title, &text.title), (SnippetField::Summary, &text.summary), (SnippetField::Body, &text.body)]);
    let mut told: Vec<Snippet> = Vec::new();
    for (field, text) in parts {
        if told.iter().all(|snippet| snippet.field != field) {
            told.extend(snippet(field, text, slot, plan.terms(slot)));
        }
    }
    told
}

/// The best piece of one text; `None` when nothing in it matches.
pub fn snippet(field: SnippetField, text: &str, slot: Slot, terms: &[PlannedTerm]) -> Option<Snippet> {
    let matches = matches(text, slot, terms);
    let piece = piece(text, &matches)?;
    let page = text.contains(PAGE_BREAK).then(|| 1 + text[..first_match(&matches, &piece)].matches(PAGE_BREAK).count() as u32);
    Some(Snippet { field, page, fragments: fragments(text, piece, &matches) })
}

/// Where the first match of a piece begins.
fn first_match(matches: &[Match], piece: &Range<usize>) -> usize {
    matches.iter().map(|found| found.place.start).find(|start| piece.contains(start)).unwrap_or(piece.start)
}

/// A word of the text that is a term of the query.
struct Match {
    place: Range<usize>,
    term: usize,
}

fn matches(text: &str, slot: Slot, terms: &[PlannedTerm]) -> Vec<Match> {
    ANALYZERS.with_borrow_mut(|analyzers| matches_by(analyzers.entry(slot).or_insert_with(|| Analyzer::new(slot)), text, terms))
}

fn matches_by(analyzer: &mut Analyzer, text: &str, terms: &[PlannedTerm]) -> Vec<Match> {
    let mut tokens = analyzer.token_stream(text);
    let mut found: Vec<Match> = Vec::new();
    let mut said: Vec<(String, Range<usize>)> = Vec::new();
    let has_phrases = terms.iter().any(|wanted| !wanted.phrases.is_empty());
    while tokens.advance() {
        let token = tokens.token();
        if has_phrases && !tokens.is_same_position() {
            said.push((token.text.clone(), token.offset_from..token.offset_to));
        }
        let Some(term) = terms.iter().position(|wanted| wanted.has(&token.text)) else { continue };
        let place = token.offset_from..token.offset_to;
        match found.last_mut() {
            // A joined word spans its parts.
            Some(last) if place.start < last.place.end => last.place = last.place.start.min(place.start)..last.place.end.max(place.end),
            _ => found.push(Match { place, term }),
        }
    }
    if has_phrases {
        found.extend(phrases(&said, terms));
        found.sort_by_key(|found| found.place.start);
    }
    found.dedup_by(|next, last| {
        let overlaps = next.place.start < last.place.end;
        if overlaps {
            last.place.end = last.place.end.max(next.place.end);
        }
        overlaps
    });
    found
}

/// Where the terms of phrases follow one another.
fn phrases(said: &[(String, Range<usize>)], terms: &[PlannedTerm]) -> Vec<Match> {
    let phrases = terms.iter().enumerate().flat_map(|(term, wanted)| wanted.phrases.iter().map(move |(phrase, _)| (term, phrase)));
    let places = phrases.flat_map(|(term, phrase)| {
        let found = said.windows(phrase.len().max(1)).filter(move |window| window.iter().map(|(text, _)| text).eq(phrase));
        found.map(move |window| Match { place: window[0].1.start..window[window.len() - 1].1.end, term })
    });
    places.collect()
}

/// Where in the text the best piece lies.
fn piece(text: &str, matches: &[Match]) -> Option<Range<usize>> {
    let first = matches.first()?;
    if text.chars().take(WHOLE + 1).count() <= WHOLE && !text.contains(PAGE_BREAK) {
        return Some(0..text.len());
    }
    let mut best = (0, first.place.clone());
    for (at, start) in matches.iter().enumerate() {
        let far = forward(text, start.place.start, LENGTH);
        let far = text[start.place.end..far.max(start.place.end)].find(PAGE_BREAK).map_or(far, |page| start.place.end + page);
        let inside = matches[at..].iter().take_while(|other| other.place.end <= far);
        let mut seen = Vec::new();
        let (mut worth, mut end) = (0, start.place.end);
        for other in inside {
            worth += if seen.contains(&other.term) { 1 } else { 16 };
            seen.push(other.term);
            end = other.place.end;
        }
        if worth > best.0 {
            best = (worth, start.place.start..end);
        }
    }
    Some(widen(text, best.1))
}

/// Widens a piece to the sentences it stands in, and on to their neighbours while there is room; of a sentence too long for that, to whole words.
fn widen(text: &str, piece: Range<usize>) -> Range<usize> {
    let near = near(text, &piece);
    let sentences: Vec<Range<usize>> =
        sentences(&text[near.clone()]).into_iter().map(|place| near.start + place.start..near.start + place.end).collect();
    let length = |range: &Range<usize>| text[range.clone()].chars().count();
    let first = sentences.iter().rposition(|sentence| sentence.start <= piece.start).unwrap_or_default();
    let last = sentences.iter().position(|sentence| sentence.end >= piece.end).unwrap_or(sentences.len().saturating_sub(1));
    let (Some(begin), Some(end)) = (sentences.get(first), sentences.get(last)) else { return piece };
    let whole = begin.start.min(piece.start)..end.end.max(piece.end);
    if length(&whole) > WHOLE {
        return cut(text, piece, &whole);
    }
    // Forward first: what follows explains more than what went before.
    let after = sentences[last + 1..].iter().map(|next| whole.start..next.end).take_while(|wider| length(wider) <= LENGTH).last();
    let whole = after.unwrap_or(whole);
    let before =
        sentences[..first].iter().rev().map(|previous| previous.start..whole.end).take_while(|wider| length(wider) <= LENGTH).last();
    before.unwrap_or(whole)
}

/// The part of the text, on the same page, that is looked through for sentences around a piece. It begins where one begins, or far from the piece.
fn near(text: &str, piece: &Range<usize>) -> Range<usize> {
    let from = backward(text, piece.start, AROUND);
    let from = text[from..piece.start].rfind(PAGE_BREAK).map_or(from, |at| from + at + PAGE_BREAK.len_utf8());
    let to = forward(text, piece.end, AROUND);
    let to = text[piece.end..to].find(PAGE_BREAK).map_or(to, |at| piece.end + at);
    from..to
}

/// Cuts a piece with words before and after it out of a sentence that is too long to be told whole.
fn cut(text: &str, piece: Range<usize>, sentence: &Range<usize>) -> Range<usize> {
    let room = LENGTH.saturating_sub(text[piece.clone()].chars().count());
    let start = backward(text, piece.start, room / 3).max(sentence.start);
    let words = text[sentence.clone()].split_word_bound_indices().map(|(at, word)| (sentence.start + at, word));
    let words: Vec<(usize, &str)> = words.filter(|(_, word)| !word.trim().is_empty()).collect();
    let start = words.iter().map(|(at, _)| *at).find(|at| *at >= start).unwrap_or(piece.start).min(piece.start);
    let used = text[start..piece.end].chars().count();
    let ceiling = forward(text, piece.end, LENGTH.saturating_sub(used)).min(sentence.end);
    let end = words.iter().map(|(at, word)| at + word.len()).take_while(|end| *end <= ceiling).last();
    start..end.unwrap_or(piece.end).max(piece.end)
}

fn forward(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}

fn backward(text: &str, from: usize, characters: usize) -> usize {
    if characters == 0 {
        return from;
    }
    text[..from].char_indices().rev().nth(characters - 1).map_or(0, |(at, _)| at)
}

fn fragments(text: &str, piece: Range<usize>, matches: &[Match]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut push = |range: Range<usize>, is_match| {
        if !range.is_empty() {
            fragments.push(Fragment { text: text[range].to_owned(), is_match });
        }
    };
    let mut at = piece.start;
    for found in matches.iter().filter(|found| found.place.start >= piece.start && found.place.end <= piece.end) {
        push(at..found.place.start, false);
        push(found.place.clone(), true);
        at = found.place.end;
    }
    push(at..piece.end, false);
    fragments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wanted(words: &[&str]) -> Vec<PlannedTerm> {
        words
            .iter()
            .map(|word| PlannedTerm { terms: vec![((*word).to_owned(), 1.0)], phrases: Vec::new(), weight: 1.0, words: 1 })
            .collect()
    }

    fn marked(text: &str, slot: Slot, words: &[&str]) -> String {
        let snippet = snippet(SnippetField::Body, text, slot, &wanted(words)).expect("a match");
        snippet.fragments.iter().map(|f| if f.is_match { format!("[{}]", f.text) } else { f.text.clone() }).collect()
    }

    #[test]
    fn the_original_spelling_is_marked() {
        assert_eq!(marked("L'Éclairage des écoles.", Slot::of("fr"), &["ecol"]), "L'Éclairage des [écoles].");
        assert_eq!(marked("Die Straße", Slot::OTHER, &["strasse"]), "Die [Straße]");
        assert_eq!(marked("co-operation", Slot::OTHER, &["cooperation", "operation"]), "[co-operation]");
    }

    #[test]
    fn a_long_text_is_cut_at_its_sentences() {
        let filler = "Nothing to be seen in this sentence at all, it only takes up room. ".repeat(6);
        let text = format!("{filler}Here the tram stops. {filler}");
        let told = marked(&text, Slot::OTHER, &["tram"]);
        assert!(told.starts_with("Nothing") || told.starts_with("Here"), "{told}");
        assert!(told.contains("[tram]") && told.ends_with('.'), "{told}");
        assert!(told.chars().count() <= LENGTH + 2, "{}", told.chars().count());
    }

    proptest! {
        #[test]
        fn snippets_are_slices_of_their_text(
            words in proptest::collection::vec(prop_oneof![Just("tram".to_owned()), "\\PC{1,9}", "[a-zé.]{1,12}"], 0..120),
            glue in prop_oneof![Just(" "), Just(". "), Just("\n"), Just("-"), Just("’")],
        ) {
            let text = words.join(glue);
            if let Some(snippet) = snippet(SnippetField::Body, &text, Slot::OTHER, &wanted(&["tram", "a"])) {
                let joined: String = snippet.fragments.iter().map(|f| f.text.as_str()).collect();
                prop_assert!(text.contains(&joined));
                prop_assert!(snippet.fragments.iter().any(|f| f.is_match));
                prop_assert!(joined.chars().count() <= WHOLE + 120);
            }
        }
    }
}
