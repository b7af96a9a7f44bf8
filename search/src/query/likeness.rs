//! How alike two texts are, whatever languages they are in.
//!
//! A word has forms: itself folded, its stem in its text's language, and the synonyms it is among. Two words meet where they have a form in common: so words of one language meet in
//! any inflection, those of two where they are spelt alike without their endings and accents (“Energie”, “energy”), or where a synonym of every language joins them.
//! The likeness of two texts is the mean (geometric, after Ochiai) of the share of each one's words that meet one of the other's: 1 where all do, 0 where none does. Words that say
//! nothing are left out.
//!
//! It is told by the two texts and the synonyms alone. How rare a word is in the index is left out on purpose: what two texts have in common must not depend on who else wrote what, nor on who asks.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use super::synonyms::Synonym;
use crate::analysis::{Slot, fold_words, read_words, stem, stop_word_slots};

/// Different words of a text that are compared, the first ones.
const MOST: usize = 64;

/// Reads texts, each once, to compare those that it has read.
pub struct TextReader {
    synonyms: Vec<Synonym>,
    /// By slot, by the first stem of a term: its stems and the number of the synonyms.
    terms: HashMap<Slot, HashMap<String, Vec<(Vec<String>, usize)>>>,
    stems: HashMap<(Slot, String), String>,
}

/// A text that was read.
#[derive(Clone, Debug, Default)]
pub struct ReadText {
    /// The forms of its words as numbers, rising, each with the number of the word.
    forms: Vec<(u64, u8)>,
    words: u32,
}

impl TextReader {
    /// In the light of these synonyms.
    pub fn new(synonyms: Vec<Synonym>) -> TextReader {
        TextReader { synonyms, terms: HashMap::new(), stems: HashMap::new() }
    }

    /// Reads a text in the language of a BCP 47 tag.
    pub fn read(&mut self, language: &str, text: &str) -> ReadText {
        let slot = Slot::of(language);
        let written = read_words(text);
        let stems: Vec<String> = written.iter().map(|(_, folded)| self.stem(slot, folded)).collect();
        let mut synonyms = vec![Vec::new(); stems.len()];
        let terms = self.terms_of(slot);
        for at in 0..stems.len() {
            for (term, number) in terms.get(&stems[at]).into_iter().flatten() {
                if stems[at..].starts_with(term) {
                    synonyms[at..at + term.len()].iter_mut().for_each(|of: &mut Vec<usize>| of.push(*number));
                }
            }
        }
        let mut words: BTreeMap<&str, u8> = BTreeMap::new();
        let mut forms = Vec::with_capacity(2 * stems.len());
        for (((written, folded), stem), synonyms) in written.iter().zip(&stems).zip(synonyms) {
            if stop_word_slots(written, folded) & slot.bit() != 0 || words.len() == MOST && !words.contains_key(stem.as_str()) {
                continue;
            }
            let next = words.len() as u8;
            let word = *words.entry(stem).or_insert(next);
            forms.extend([(form(folded), word), (form(stem), word)]);
            // No word has a space in it.
            forms.extend(synonyms.iter().map(|number| (form(&format!("synonym {number}")), word)));
        }
        forms.sort_unstable();
        forms.dedup();
        ReadText { forms, words: words.len() as u32 }
    }

    fn stem(&mut self, slot: Slot, folded: &str) -> String {
        self.stems.entry((slot, folded.to_owned())).or_insert_with(|| stem(slot, folded)).clone()
    }

    /// The terms of synonyms as texts of a slot have them.
    fn terms_of(&mut self, slot: Slot) -> &HashMap<String, Vec<(Vec<String>, usize)>> {
        let synonyms = &self.synonyms;
        self.terms.entry(slot).or_insert_with(|| {
            let mut terms: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
            for (number, synonym) in synonyms.iter().enumerate() {
                let is_meant = synonym.language.as_ref().is_none_or(|tag| Slot::of(tag) == slot);
                for term in synonym.terms.iter().chain(&synonym.expansions).filter(|_| is_meant) {
                    let stems: Vec<String> = fold_words(term).iter().map(|word| stem(slot, word)).collect();
                    if let Some(first) = stems.first().cloned() {
                        terms.entry(first).or_default().push((stems, number));
                    }
                }
            }
            terms
        })
    }
}

/// The number of a form, the same in each process.
fn form(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}

impl ReadText {
    /// How alike two texts are that one [`TextReader`] has read: 0 to 1, the same from either side.
    pub fn likeness(&self, other: &ReadText) -> f64 {
        if self.words == 0 || other.words == 0 {
            return 0.0;
        }
        // The words that meet, as bits.
        let (mut own, mut others) = (0_u64, 0_u64);
        let (mut at, mut there) = (0, 0);
        while let (Some((form, word)), Some((same, met))) = (self.forms.get(at), other.forms.get(there)) {
            match form.cmp(same) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => there += 1,
                std::cmp::Ordering::Equal => {
                    own |= 1_u64 << word;
                    others |= 1_u64 << met;
                    // All of a form's words on one side meet the first of the other, and so the other way round.
                    match self.forms.get(at + 1) {
                        Some((next, _)) if next == form => at += 1,
                        _ => there += 1,
                    }
                }
            }
        }
        let share = |met: u64, of: u32| f64::from(met.count_ones()) / f64::from(of);
        (share(own, self.words) * share(others, other.words)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn synonyms() -> Vec<Synonym> {
        let owned = |terms: &[&str]| terms.iter().map(|term| (*term).to_owned()).collect();
        let every = Synonym { language: None, terms: owned(&["rain garden", "Regengarten", "jardin de pluie"]), expansions: Vec::new() };
        let english = Synonym { language: Some("en".to_owned()), terms: owned(&["transit"]), expansions: owned(&["public transport"]) };
        vec![every, english]
    }

    fn likeness(one: (&str, &str), other: (&str, &str)) -> f64 {
        let mut reader = TextReader::new(synonyms());
        reader.read(one.0, one.1).likeness(&reader.read(other.0, other.1))
    }

    #[test]
    fn the_same_is_wholly_alike_and_what_has_no_word_in_common_is_not() {
        assert_eq!(likeness(("en", "Cool the old town"), ("en", "The old towns, cooled")), 1.0);
        assert_eq!(likeness(("en", "Cool streets"), ("en", "Sour quinces")), 0.0);
        // Words that say nothing are nothing in common.
        assert_eq!(likeness(("en", "What is the and of"), ("en", "What is the and of")), 0.0);
        assert_eq!(likeness(("en", "We have the trees"), ("en", "You have the buses")), 0.0);
    }

    #[test]
    fn what_is_told_in_fewer_words_is_as_like_as_either_side_has_it() {
        // Both of two, and two of four.
        assert!((likeness(("en", "cool streets"), ("en", "cool streets with young trees")) - 0.5_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn languages_meet_where_words_are_spelt_alike_and_where_synonyms_join_them() {
        assert!(likeness(("de", "Die Energie"), ("en", "Energy")) > 0.99);
        assert!(likeness(("fr", "Les transports"), ("en", "Transport")) > 0.99);
        assert!(likeness(("de", "Regengärten bauen"), ("en", "Rain gardens")) > 0.6);
        assert!(likeness(("fr", "Un jardin de pluie"), ("en", "Rain garden")) > 0.99);
        assert_eq!(likeness(("de", "Regengarten"), ("en", "garden of rain")), 0.0, "a term is its words in their order");
        // A synonym of one language is none of another.
        assert!(likeness(("en", "transit"), ("en", "public transport")) > 0.99);
        assert_eq!(likeness(("de", "transit"), ("en", "public transport")), 0.0);
    }

    proptest! {
        #[test]
        fn likeness_is_the_same_from_either_side_and_wholly_with_itself(
            one in "(cool|streets|rain garden|Regengarten|the|trees|transit| ){0,90}", other in "(cool|street|rain|gardens|tree|of|public transport| ){0,90}",
        ) {
            let mut reader = TextReader::new(synonyms());
            let (one, other) = (reader.read("en", &one), reader.read("en", &other));
            let both = one.likeness(&other);
            prop_assert!((0.0..=1.0).contains(&both));
            prop_assert_eq!(both, other.likeness(&one));
            prop_assert!(one.words == 0 || one.likeness(&one) == 1.0);
        }
    }
}
