//! Compounds, in languages that write them as one word: what a word is compounded of, and what it is a part of.
//!
//! What is left of a compound beside a part must be a word of the index, too. The last part may be inflected, as it is in a text: “Haus” is a part of “Rathäuser”, and the other way
//! round. Parts before it are met as they stand, but for the letters that link them.

use crate::analysis::{Slot, stem};
use crate::contract::{Result, SearchError};
use crate::index::{Searcher, Visibility, vocabulary};

const COMPOUNDS: usize = 24;
/// Words looked through for the compounds of one part.
const LOOKED_THROUGH: usize = 2_000;
/// What a part of a compound counts against the compound, and the other way round.
const PART: f32 = 0.5;
/// The shortest word that is a part of compounds, and the shortest that is taken as the rest of one, in letters.
pub const SHORTEST_PART: usize = 3;
/// What stands between the parts of a compound, in German and Dutch.
pub const LINKING_ELEMENTS: [&str; 6] = ["", "s", "n", "en", "er", "es"];

/// What German and Dutch words end with, the shortest first.
const ENDINGS: [&str; 9] = ["", "e", "n", "s", "en", "er", "es", "ern", "eren"];

/// The forms of a word that its stemmer takes for the same word, itself among them. Of two words each is a form of the other, or neither is.
pub fn inflections(slot: Slot, folded: &str) -> Vec<String> {
    let own = stem(slot, folded);
    let forms: Vec<String> = ENDINGS.iter().map(|ending| format!("{own}{ending}")).filter(|form| stem(slot, form) == own).collect();
    if forms.iter().any(|form| form == folded) { forms } else { vec![folded.to_owned()] }
}

/// The parts of a compound, and the compounds that a word is part of, each with what it counts. What is left of a compound must be a word, too.
pub fn compounds(searcher: &Searcher, visibility: &Visibility, folded: &str, slot: Slot) -> Result<Vec<(String, f32)>> {
    if folded.chars().count() < SHORTEST_PART {
        return Ok(Vec::new());
    }
    let is_word =
        |rest: &str| Ok::<_, SearchError>(rest.chars().count() >= SHORTEST_PART && vocabulary::contains(searcher, visibility, rest, slot)?);
    let is_inflected_word = |rest: &str| {
        let forms = if rest.chars().count() < SHORTEST_PART { Vec::new() } else { inflections(slot, rest) };
        forms.iter().map(|form| is_word(form)).find(|is_word| !matches!(is_word, Ok(false))).unwrap_or(Ok(false))
    };
    let mut found = Vec::new();
    'split: for (at, _) in folded.char_indices().skip(SHORTEST_PART) {
        let (first, last) = folded.split_at(at);
        if !is_inflected_word(last)? {
            continue;
        }
        for link in LINKING_ELEMENTS {
            if let Some(first) = first.strip_suffix(link)
                && is_word(first)?
            {
                found.extend([(first.to_owned(), PART), (last.to_owned(), PART)]);
                break 'split;
            }
        }
    }
    let mut wholes = Vec::new();
    'forms: for form in inflections(slot, folded) {
        for whole in vocabulary::with_suffix(searcher, visibility, &form, slot)?.into_iter().take(LOOKED_THROUGH) {
            let Some(first) = whole.word.strip_suffix(form.as_str()) else { continue };
            for link in LINKING_ELEMENTS {
                if let Some(first) = first.strip_suffix(link)
                    && is_word(first)?
                {
                    wholes.push((whole.word.clone(), PART));
                    break;
                }
            }
            if wholes.len() >= COMPOUNDS {
                break 'forms;
            }
        }
    }
    found.append(&mut wholes);
    for whole in vocabulary::with_prefix(searcher, visibility, folded, |other| other == slot)?.into_iter().take(LOOKED_THROUGH) {
        let Some(last) = whole.word.strip_prefix(folded) else { continue };
        for link in LINKING_ELEMENTS {
            if let Some(last) = last.strip_prefix(link)
                && is_word(last)?
            {
                wholes.push((whole.word.clone(), PART));
                break;
            }
        }
        if wholes.len() == COMPOUNDS {
            break;
        }
    }
    found.append(&mut wholes);
    Ok(found)
}
