//! Synonyms: words and phrases that also find others, as people say and not as the index knows.
//!
//! They are applied when a query is asked, so a change of them takes effect at once and nothing is indexed anew. What a word of the query also
//! finds counts as the word itself, a little less (`plan::SYNONYM`), and is weighed by BM25 like any other: where a term of several words is asked
//! for ("public transport"), each of its words also stands wherever the expansion does; where an expansion has several words, they must follow one another.
//!
//! Terms are met in any inflection of their language. Quoted and excluded words and prefixes are meant as they are.
//!
//! Invariant: synonyms are nobody's secret; what they find and how it is weighed is told by the visible documents alone.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::parsed_query::ParsedQuery;
use crate::analysis::{Slot, fold_words, stem};

/// Words and phrases that find each other, or that find others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonym {
    /// The BCP 47 tag of the language whose texts are sought; `None` for every language, and names.
    pub language: Option<String>,
    /// What is asked for.
    pub terms: Vec<String>,
    /// What it also finds, one way. Where there is none, each of the terms finds the others.
    pub expansions: Vec<String>,
}

/// How many words a text has, as a search counts them.
pub fn count_words(text: &str) -> usize {
    fold_words(text).len()
}

/// Whether a search can't tell two texts apart.
pub fn is_same(text: &str, other: &str) -> bool {
    fold_words(text) == fold_words(other)
}

/// What one word or phrase also finds.
#[derive(Debug, PartialEq, Eq)]
pub struct SynonymText {
    /// As it was written.
    pub written: String,
    /// Folded.
    pub words: Vec<String>,
}

impl SynonymText {
    pub fn of(text: &str) -> Arc<SynonymText> {
        Arc::new(SynonymText { written: text.to_owned(), words: fold_words(text) })
    }
}

/// A term in the form a slot gives it, with what it finds.
struct Rule {
    stems: Vec<String>,
    finds: Vec<Arc<SynonymText>>,
}

/// All synonyms, laid out for looking up.
#[derive(Default)]
pub struct Thesaurus {
    /// By slot and the first word of the term.
    rules: HashMap<(Slot, String), Vec<Rule>>,
    /// The other way round: by slot and the first word of what is found, all its words and the first word of the term.
    finders: HashMap<(Slot, String), Vec<(Vec<String>, String)>>,
}

impl Thesaurus {
    /// In this order: of the same synonyms in the same order every hub makes the same.
    pub fn new(synonyms: &[Synonym]) -> Thesaurus {
        let mut thesaurus = Thesaurus::default();
        for synonym in synonyms {
            let terms: Vec<Arc<SynonymText>> = synonym.terms.iter().map(|text| SynonymText::of(text)).collect();
            let expansions: Vec<Arc<SynonymText>> = synonym.expansions.iter().map(|text| SynonymText::of(text)).collect();
            let finds = if expansions.is_empty() { &terms } else { &expansions };
            let slots: Vec<Slot> = match &synonym.language {
                Some(tag) => vec![Slot::of(tag)],
                None => Slot::searched().collect(),
            };
            for term in &terms {
                let others: Vec<Arc<SynonymText>> =
                    finds.iter().filter(|other| other.words != term.words && !other.words.is_empty()).cloned().collect();
                for &slot in slots.iter().filter(|_| !others.is_empty()) {
                    let stems: Vec<String> = term.words.iter().map(|word| stem(slot, word)).collect();
                    if let Some(first) = stems.first().cloned() {
                        for other in &others {
                            let found: Vec<String> = other.words.iter().map(|word| stem(slot, word)).collect();
                            thesaurus.finders.entry((slot, found[0].clone())).or_default().push((found, first.clone()));
                        }
                        thesaurus.rules.entry((slot, first)).or_default().push(Rule { stems, finds: others.clone() });
                    }
                }
            }
        }
        thesaurus
    }

    /// The first words of the terms that may find a text with these words, by slot, in the forms they have there.
    pub fn queries_reaching<'a>(&'a self, terms: &'a BTreeSet<(Slot, String)>) -> impl Iterator<Item = (Slot, &'a str)> {
        let is_there = |slot: Slot, found: &[String]| found.iter().all(|word| terms.contains(&(slot, word.clone())));
        let finders = terms.iter().filter_map(|key| Some((key.0, self.finders.get(key)?)));
        finders.flat_map(move |(slot, finders)| {
            finders.iter().filter(move |(found, _)| is_there(slot, found)).map(move |(_, first)| (slot, first.as_str()))
        })
    }

    /// What the words of a query also find in a slot, by the numbers of the words.
    pub fn of(&self, query: &ParsedQuery, slot: Slot) -> Vec<(usize, Arc<SynonymText>)> {
        let mut found: Vec<(usize, Arc<SynonymText>)> = Vec::new();
        if self.rules.is_empty() {
            return found;
        }
        let sequence = WordSequence::of(query, slot);
        for at in 0..sequence.0.len() {
            for rule in self.rules.get(&(slot, sequence.0[at].stem.clone())).into_iter().flatten() {
                for word in sequence.follow(at, &rule.stems) {
                    for synonym in &rule.finds {
                        if !found.iter().any(|(known, other)| *known == word && other.words == synonym.words) {
                            found.push((word, synonym.clone()));
                        }
                    }
                }
            }
        }
        found
    }
}

/// The words of a query that may stand for others, as they follow one another.
struct WordSequence(Vec<Occurrence>);

struct Occurrence {
    from: usize,
    to: usize,
    word: usize,
    stem: String,
}

impl WordSequence {
    fn of(query: &ParsedQuery, slot: Slot) -> WordSequence {
        let words = query.words.iter().enumerate().filter(|(_, word)| !word.is_prefix && !word.is_exact);
        let occurrences = words.flat_map(|(at, word)| {
            let stem = stem(slot, &word.folded);
            word.places.iter().map(move |place| Occurrence { from: place.start, to: place.end, word: at, stem: stem.clone() })
        });
        let mut occurrences: Vec<Occurrence> = occurrences.collect();
        occurrences.sort_by_key(|said| (said.from, said.to));
        WordSequence(occurrences)
    }

    /// The numbers of the words that say the stems from a place on; none, where they don't.
    fn follow(&self, at: usize, stems: &[String]) -> Vec<usize> {
        let mut words = Vec::new();
        let mut to = 0;
        for (nth, stem) in stems.iter().enumerate() {
            let said = if nth == 0 {
                self.0.get(at)
            } else {
                // What begins next; a joined word begins where its first part does.
                let next = self.0.iter().map(|said| said.from).filter(|from| *from >= to).min();
                self.0.iter().find(|said| Some(said.from) == next && said.stem == *stem)
            };
            let Some(said) = said else { return Vec::new() };
            words.push(said.word);
            to = said.to;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonym(language: Option<&str>, terms: &[&str], expansions: &[&str]) -> Synonym {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Synonym { language: language.map(str::to_owned), terms: owned(terms), expansions: owned(expansions) }
    }

    fn found(synonyms: &[Synonym], text: &str, slot: Slot) -> Vec<String> {
        let query = ParsedQuery::parse(text);
        let found = Thesaurus::new(synonyms).of(&query, slot);
        found.iter().map(|(word, other)| format!("{}>{}", query.words[*word].folded, other.written)).collect()
    }

    #[test]
    fn terms_of_one_group_find_each_other_in_any_inflection() {
        let both = [synonym(Some("en"), &["public transport", "transit"], &[])];
        let en = Slot::of("en");
        assert_eq!(found(&both, "good transits", en), ["transits>public transport"]);
        assert_eq!(found(&both, "Public-transport lines", en), ["public>transit", "transport>transit"]);
        for other in ["transport public", "public and transport", "\"public transport\"", "-transit", "transit*"] {
            assert!(found(&both, other, en).is_empty(), "{other}");
        }
        assert!(found(&both, "transit", Slot::of("fr")).is_empty());
        assert!(found(&both, "transit", Slot::NAMES).is_empty());
    }

    #[test]
    fn one_way_is_one_way_and_no_language_is_every_language() {
        let one = [synonym(None, &["BRT"], &["bus", "BRT"])];
        assert_eq!(found(&one, "brt bus", Slot::of("de")), ["brt>bus"]);
        assert_eq!(found(&one, "brt bus", Slot::NAMES), ["brt>bus"]);
    }
}
