//! Where one word ends and the next begins.
//!
//! A word is a run of letters, digits and their marks. Around that, what city people write: an apostrophe parts
//! "l'école" and "city's", and a part of one letter or a known elision ("dell'", "qu'") is dropped; a hyphen parts "Saint-Denis" in two
//! words, and a short first part is also joined, so that "co-operation" and "e-bike" are found as "cooperation" and "ebike"; so is any that a
//! U+2010 parts, by which documents tell a hyphen at a line's end that may or may not belong to the word;
//! "11.2" is one word, because goals' targets are called so. Scripts without spaces give a word a character.

use unicode_normalization::char::is_combining_mark;

/// The longest word that is indexed, in bytes: what is longer is no word.
const LONGEST: usize = 120;

/// A word's place in the text, in bytes. A joined word spans its parts and the hyphen between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub from: usize,
    pub to: usize,
    pub is_joined: bool,
}

/// The words of a text, in order. A joined word follows its parts.
pub fn spans(text: &str, spans: &mut Vec<Span>) {
    spans.clear();
    let mut before: Option<(Span, char)> = None;
    for (run, joint) in (Runs { text, at: 0 }) {
        let came_by = before.map(|(_, joint)| joint);
        let is_elided = (joint == '\'' && (is_letter(run.of(text)) || is_elision(run.of(text))))
            || (came_by == Some('\'') && joint != '\'' && is_letter(run.of(text)));
        if !is_elided && run.to - run.from <= LONGEST {
            spans.push(run);
        }
        if let Some((first, joint @ ('-' | '\u{2010}'))) = before
            && (joint == '\u{2010}' || is_prefix(first.of(text), run.of(text)))
            && run.to - first.from <= LONGEST
        {
            spans.push(Span { from: first.from, to: run.to, is_joined: true });
        }
        before = Some((run, joint));
    }
}

impl Span {
    pub fn of(self, text: &str) -> &str {
        &text[self.from..self.to]
    }
}

fn is_letter(part: &str) -> bool {
    part.chars().count() == 1
}

/// Whether a part is short and stands before a longer one, as in "e-bike"; "s-a" and "dintr-o" are two words each.
fn is_prefix(part: &str, next: &str) -> bool {
    part.chars().count() <= 2 && next.chars().count() >= 3
}

/// French and Italian words that lose their vowel before another.
fn is_elision(part: &str) -> bool {
    const ELISIONS: [&str; 14] =
        ["qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "un", "all", "dall", "dell", "nell", "sull", "coll", "quell", "gl"];
    ELISIONS.iter().any(|elision| part.eq_ignore_ascii_case(elision))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`' | '＇')
}

pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !is_apostrophe(c) && (c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}'))
}

/// Scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Runs of word characters, each with what joins it to the next: `'`, `-` or a space for nothing.
struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Runs<'_> {
    type Item = (Span, char);

    fn next(&mut self) -> Option<Self::Item> {
        let from = self.at + self.text[self.at..].find(is_word)?;
        let rest = &self.text[from..];
        let mut to = from;
        let mut chars = rest.char_indices().peekable();
        let mut last = ' ';
        while let Some((offset, c)) = chars.next() {
            let next = chars.peek().map(|&(_, c)| c);
            let joins_inside = (c == '.' && last.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit()))
                || (c == '·' && last.is_alphabetic() && next.is_some_and(char::is_alphabetic));
            if !is_word(c) && !joins_inside {
                break;
            }
            if is_unspaced(c) && to > from {
                break;
            }
            to = from + offset + c.len_utf8();
            last = c;
            if is_unspaced(c) && !next.is_some_and(is_combining_mark) {
                break;
            }
        }
        self.at = to;
        let mut after = self.text[to..].chars();
        let joint = match (after.next(), after.next()) {
            (Some(c), Some(next)) if is_word(next) && is_apostrophe(c) => '\'',
            (Some('\u{2010}'), Some(next)) if is_word(next) => '\u{2010}',
            (Some(c), Some(next)) if is_word(next) && is_hyphen(c) => '-',
            _ => ' ',
        };
        Some((Span { from, to, is_joined: false }, joint))
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, spans};
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        spans(text, &mut found);
        found.into_iter().map(|span: Span| span.of(text)).collect()
    }

    #[test]
    fn apostrophes_part_words_and_drop_single_letters() {
        assert_eq!(words("l'école de la ville"), ["école", "de", "la", "ville"]);
        assert_eq!(words("the city’s bus"), ["the", "city", "bus"]);
        assert_eq!(words("qu'il dell'acqua"), ["il", "acqua"]);
        assert_eq!(words("İstanbul'da"), ["İstanbul", "da"]);
        assert_eq!(words("'quoted'"), ["quoted"]);
    }

    #[test]
    fn hyphens_part_words_and_join_short_ones() {
        assert_eq!(words("Saint-Denis"), ["Saint", "Denis"]);
        assert_eq!(words("co-operation"), ["co", "operation", "co-operation"]);
        assert_eq!(words("well - known"), ["well", "known"]);
        assert_eq!(words("dintr-o s-a"), ["dintr", "o", "s", "a"]);
        assert_eq!(words("long‐term"), ["long", "term", "long‐term"]);
    }

    #[test]
    fn a_target_is_one_word() {
        assert_eq!(words("SDG 11.2."), ["SDG", "11.2"]);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        assert_eq!(words("東京 Tokyo"), ["東", "京", "Tokyo"]);
    }

    proptest! {
        #[test]
        fn every_word_is_a_slice_of_its_text(text in "\\PC{0,60}") {
            words(&text);
        }
    }
}
