//! Words within an edit or two, found without comparing with all.
//!
//! Two words within `n` edits have something in common that is left when at most `n` letters are taken away from each (Garbe's
//! “symmetric delete”, here of their prefixes alone, which lets through more but misses nothing). What is found so is then compared.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};

use crate::index::first_letter;
pub use crate::index::max_edits;

/// The most edits of any word.
pub const MOST_EDITS: u8 = 2;
/// Letters of a word that are looked at.
const PREFIX: usize = 7;

/// What is left of a word's beginning when at most so many letters are taken away, each as a number; nothing for a word that has no edits.
pub fn deletions(word: &str, edits: u8) -> BTreeSet<u32> {
    let beginning: Vec<char> = word.chars().take(PREFIX).collect();
    let mut found = BTreeSet::new();
    if edits == 0 {
        return found;
    }
    found.insert(number(&beginning));
    let mut deletions = BTreeSet::from([beginning]);
    for _ in 0..edits {
        let shorter = deletions.iter().flat_map(|deletion| {
            (0..deletion.len()).map(|at| {
                let mut shorter = deletion.clone();
                shorter.remove(at);
                shorter
            })
        });
        deletions = shorter.collect();
        found.extend(deletions.iter().map(|deletion| number(deletion)));
    }
    found
}

fn number(letters: &[char]) -> u32 {
    let mut hasher = DefaultHasher::new();
    for letter in letters {
        hasher.write_u32(u32::from(*letter));
    }
    hasher.finish() as u32
}

/// Whether a word may have been meant by another that was typed.
pub fn may_mean(typed: &str, meant: &str) -> bool {
    let edits = max_edits(typed).saturating_sub(first_letter(typed, meant));
    edits > 0 && is_within(typed, meant, edits)
}

/// Whether two words are within so many steps: a letter more, less or another, or two that changed places.
fn is_within(one: &str, other: &str, edits: u8) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let edits = usize::from(edits);
    if one.len().abs_diff(other.len()) > edits {
        return false;
    }
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &letter) in one.iter().enumerate() {
        let mut next = vec![row + 1; other.len() + 1];
        for (column, &against) in other.iter().enumerate() {
            let mut least = (last[column] + usize::from(letter != against)).min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && letter == other[column - 1] && one[row - 1] == against {
                least = least.min(before[column - 1] + 1);
            }
            next[column + 1] = least;
        }
        if next.iter().all(|distance| *distance > edits) {
            return false;
        }
        (before, last) = (last, next);
    }
    last[other.len()] <= edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::is_near;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_a_search_would_correct_is_near_and_shares_a_rest(one in "[abc]{4,12}", other in "[abc]{4,12}") {
            let is_near = is_near(&one, &other);
            prop_assert_eq!(is_near, may_mean(&one, &other));
            prop_assert!(!is_near || !deletions(&one, max_edits(&one)).is_disjoint(&deletions(&other, MOST_EDITS)));
        }
    }
}
