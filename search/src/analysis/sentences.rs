//! Where sentences begin and end, by Unicode's rules (UAX #29) and three of our own: an initial ("J. Smith", "z. B."), an ordinal ("3. Mai") and a line that
//! was only broken to fit its page go on.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a text without the space around them, in order.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let unbroken = unbroken(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for (from, sentence) in unbroken.split_sentence_bound_indices() {
        let end = sentence.trim_end();
        if end.is_empty() {
            continue;
        }
        let place = from + sentence.len() - sentence.trim_start().len()..from + end.len();
        match found.last_mut() {
            Some(last) if goes_on => last.end = place.end,
            _ => found.push(place),
        }
        goes_on = !sentence.contains('\n') && is_abridged(end);
    }
    found
}

/// The text with a space for each line break that is followed by a small letter; as long as the text.
fn unbroken(text: &str) -> String {
    let mut unbroken = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        unbroken.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let is_broken_to_fit =
            unbroken.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-')) && rest.starts_with(char::is_lowercase);
        unbroken.push(if is_broken_to_fit { ' ' } else { '\n' });
    }
    unbroken.push_str(rest);
    unbroken
}

/// Whether a full stop ends a word that is written short rather than a sentence: one letter, or one or two digits.
fn is_abridged(sentence: &str) -> bool {
    let Some(body) = sentence.strip_suffix('.') else { return false };
    let last = body.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let count = last.chars().count();
    (count == 1 && last.chars().all(char::is_alphabetic)) || ((1..=2).contains(&count) && last.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use proptest::prelude::*;

    fn told(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_sentence_ends_where_its_language_ends_it() {
        assert_eq!(told("One. Two! Three?"), ["One.", "Two!", "Three?"]);
        assert_eq!(told("«Un.» Deux… trois."), ["«Un.»", "Deux… trois."]);
        assert_eq!(told("第一。第二。"), ["第一。", "第二。"]);
        assert_eq!(told("Heading\n\nIt costs 1.5 million. Done"), ["Heading", "It costs 1.5 million.", "Done"]);
    }

    #[test]
    fn what_is_written_short_ends_no_sentence() {
        assert_eq!(
            told("J. Smith came on the 3. Mai, z. B. Heute. Then left."),
            ["J. Smith came on the 3. Mai, z. B. Heute.", "Then left."]
        );
        assert_eq!(told("The year 2017. Then 2018."), ["The year 2017.", "Then 2018."]);
    }

    #[test]
    fn a_line_that_was_broken_to_fit_goes_on() {
        assert_eq!(told("The tram runs\nto the harbour.\nThe bus does not."), ["The tram runs\nto the harbour.", "The bus does not."]);
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_lose_no_letter(text in "\\PC{0,80}") {
            let mut at = 0;
            for place in sentences(&text) {
                prop_assert!(text[at..place.start].trim().is_empty());
                at = place.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
