//! Words in any language and script: what two spellings have in common, slugs, what countries are called. It knows nothing of cities or graphs; search and the hub
//! stand on it alike.
//!
//! [`fold`] takes a text to the form in which it is compared: lower case, without accents, compatibility
//! forms resolved. "Famalicão" and "FAMALICAO" fold alike, so do "Straße" and "strasse", "Αθήνα" and "αθηνα".
//!
//! Invariant: folding twice changes nothing. Held by `tests::folding_twice_changes_nothing`.
//! Invariant: what is left keeps its order; folding joins and splits no words.

pub mod country;

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};
use unicode_normalization::UnicodeNormalization;

/// The form of a text in which spellings are compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded text, so that a caller with many words can keep one buffer.
pub fn fold_into(text: &str, folded: &mut String) {
    let from = folded.len();
    if text.is_ascii() {
        folded.push_str(text);
        folded[from..].make_ascii_lowercase();
        return;
    }
    // An accent that stands for an apostrophe falls apart, and others are found only where something fell apart: ⁗ is four of them.
    for c in text.chars().map(apostrophe).flat_map(char::to_lowercase).nfkd().map(apostrophe).flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => {
                keep_cyrillic_letter(c, folded, from);
            }
            // Marks of the typesetter: soft hyphen, joiners, the dot of Catalan "col·lecció".
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{b7}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŋ' => folded.push('n'),
            'ŧ' => folded.push('t'),
            'ĸ' => folded.push('k'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
}

/// The apostrophe that keyboards type for each that is set.
const fn apostrophe(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | '′' | '´' => '\'',
        c => c,
    }
}

/// Whether a text has nothing that can be seen: spaces, controls, and characters that Unicode has programs not show.
pub fn is_blank(text: &str) -> bool {
    let unseen = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    // An empty Braille cell and the marks around annotations have no ink either.
    text.chars().all(|c| c.is_whitespace() || c.is_control() || unseen.contains(c) || matches!(c, '\u{2800}' | '\u{fff9}'..='\u{fffb}'))
}

/// A mark is dropped, but й, ї and ў are letters of their own and no accented и, і and у: they are put together again.
fn keep_cyrillic_letter(mark: char, folded: &mut String, from: usize) {
    let letter = match (folded[from..].chars().next_back(), mark) {
        (Some('и'), '\u{306}') => 'й',
        (Some('і'), '\u{308}') => 'ї',
        (Some('у'), '\u{306}') => 'ў',
        _ => return,
    };
    folded.pop();
    folded.push(letter);
}

/// Whether a letter has no place in a single line: controls (line breaks, tabs, bells) and what separates lines and paragraphs.
fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Whether a letter may stand in a single line, a name or a title: no control, and none that turns the direction of what is written around it
/// (embeddings, overrides and isolates of Unicode's bidirectional algorithm, UAX #9).
pub fn fits_line(letter: char) -> bool {
    !is_control(letter) && !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as one line: each run of controls is a space.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(is_control).map(str::trim).filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

/// The readable part of a web address, made of any text: ASCII letters, digits and single hyphens.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for letter in deunicode::deunicode(text).chars() {
        if letter.is_ascii_alphanumeric() {
            out.push(letter.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && letter != '\'' {
            out.push('-');
        }
        if out.len() >= 80 {
            break;
        }
    }
    let out = out.trim_matches('-').to_owned();
    if out.is_empty() { "untitled".to_owned() } else { out }
}

/// As HTML's text and attributes want it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

/// `started_on` as the graph writes it.
pub fn camel(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut is_first = false;
    for letter in field.chars() {
        match letter {
            '_' => is_first = true,
            _ if is_first => {
                name.push(letter.to_ascii_uppercase());
                is_first = false;
            }
            _ => name.push(letter),
        }
    }
    name
}

/// `ContactPoint` as records write it: `contact_point`.
pub fn snake(name: &str) -> String {
    let mut field = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !field.is_empty() {
            field.push('_');
        }
        field.push(letter.to_ascii_lowercase());
    }
    field
}

/// A whole number, not below zero, with commas between its thousands.
pub fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Names as a sentence has them: “Water, Heat and Mobility”.
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => format!("{} and {}", first.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref()),
    }
}

/// What a field says that may be left out: without what stands around it, and none where nothing that can be seen is left.
pub fn said(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !is_blank(text)).map(str::to_owned)
}

/// A noun with its article: “an involvement”.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::{fold, grouped, is_blank, listed, one_line, said};
    use proptest::prelude::*;

    #[test]
    fn accents_fold_away() {
        for (written, folded) in [
            ("Famalicão", "famalicao"),
            ("Mérida", "merida"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("Århus", "arhus"),
            ("Tromsø", "tromso"),
            ("Łódź", "lodz"),
            ("Ælfred", "aelfred"),
            ("Αθήνα", "αθηνα"),
            ("Ηράκλειος", "ηρακλειοσ"),
            ("İstanbul", "istanbul"),
            ("Diyarbakır", "diyarbakir"),
            ("col·lecció", "colleccio"),
            ("Ħamrun", "hamrun"),
            ("ﬁnance", "finance"),
            ("Mu\u{308}nchen", "munchen"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn apostrophes_are_one() {
        for written in ["L'Aquila", "L’Aquila", "L‘Aquila", "LʼAquila", "L＇Aquila", "L´Aquila"] {
            assert_eq!(fold(written), "l'aquila", "{written}");
        }
        assert_eq!(fold("Côte d’Ivoire"), fold("COTE D'IVOIRE"));
    }

    #[test]
    fn what_nobody_sees_is_blank() {
        for blank in [
            "",
            " \t\n",
            "\u{200b}\u{200d}",
            "\u{ad}",
            "\u{feff}",
            "\u{202e}",
            "\u{2800}",
            "\u{3164}",
            "\u{e0001}",
            "\u{fe0f}",
            "\u{2028}\u{a0}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["a", "\u{200b}a", ".", "–", "水", "\u{301}", "😀"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }

    #[test]
    fn apostrophes_are_one_however_they_are_written() {
        for (written, one) in [("’", "'"), ("´", "'"), ("′", "'"), ("ʼ", "'"), ("⁗", "''''")] {
            assert_eq!(fold(written), one, "{written}");
        }
    }

    #[test]
    fn cyrillic_letters_that_look_accented_stay_letters() {
        assert_eq!(fold("Район"), "район");
        assert_eq!(fold("Київ"), "київ");
        assert_eq!(fold("ёлка"), "елка");
    }

    #[test]
    fn a_line_has_no_controls_and_keeps_its_words() {
        for (written, line) in [
            ("Eve\r\nBcc: all@example.org", "Eve Bcc: all@example.org"),
            ("\u{7}Ada\tLovelace\u{85}", "Ada Lovelace"),
            ("a\u{2028}b\u{2029}\u{0}c", "a b c"),
            ("“Zoë”  O'Neill", "“Zoë”  O'Neill"),
            ("\r\n", ""),
        ] {
            assert_eq!(one_line(written), line);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }

    #[test]
    fn numbers_are_read_in_thousands() {
        assert_eq!([200, 3_000, 200_000].map(grouped), ["200", "3,000", "200,000"]);
        assert_eq!([0, 999, 1_000, 1_841_179].map(grouped), ["0", "999", "1,000", "1,841,179"]);
    }

    #[test]
    fn names_are_listed_as_in_a_sentence_and_blanks_say_nothing() {
        assert_eq!(
            [&[][..], &["Water"], &["Water", "Heat"], &["Water", "Heat", "Mobility"]].map(listed),
            ["", "Water", "Water and Heat", "Water, Heat and Mobility"]
        );
        assert_eq!([None, Some(" \n"), Some(" why ")].map(said), [None, None, Some("why".to_owned())]);
    }
}
