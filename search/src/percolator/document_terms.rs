//! A document, taken apart: its words and their forms, text by text.

use std::collections::{BTreeSet, HashMap};

use crate::analysis::{Slot, read_words, spelled_stem, stem};
use crate::contract::SearchDoc;

/// What a document says.
pub struct DocumentTerms {
    /// The slots it has words in, as a set of their [`Slot::mark`]s.
    pub slots: u64,
    /// Folded words by slot.
    pub words: BTreeSet<(Slot, String)>,
    /// Their forms by slot.
    pub terms: BTreeSet<(Slot, String)>,
    /// The forms in their order, part by part; a word with accents may have one more.
    parts: Vec<(Slot, Vec<Forms>)>,
}

#[derive(Clone)]
struct Forms {
    folded: String,
    spelled: Option<String>,
}

impl DocumentTerms {
    pub fn of(doc: &SearchDoc) -> DocumentTerms {
        let mut known: HashMap<(Slot, &str), Forms> = HashMap::new();
        let (mut words, mut parts) = (BTreeSet::new(), Vec::new());
        for (slot, text) in spoken(doc) {
            let mut part = Vec::with_capacity(text.len());
            for (written, folded) in text {
                let forms = || Forms { folded: stem(slot, &folded), spelled: spelled_stem(slot, written, &folded) };
                part.push(known.entry((slot, written)).or_insert_with(forms).clone());
                words.insert((slot, folded));
            }
            parts.push((slot, part));
        }
        let terms = known
            .into_iter()
            .flat_map(|((slot, _), forms)| [Some(forms.folded), forms.spelled].into_iter().flatten().map(move |term| (slot, term)));
        let slots = words.iter().fold(0, |set, (slot, _): &(Slot, String)| set | slot.mark());
        DocumentTerms { slots, words, terms: terms.collect(), parts }
    }

    /// Whether words follow one another in a text, each in any inflection.
    pub fn stands(&self, words: &[String]) -> bool {
        self.parts.iter().any(|(slot, part)| follow(*slot, part, words))
    }

    /// The same of the texts of one slot.
    pub fn stands_in(&self, slot: Slot, words: &[String]) -> bool {
        self.parts.iter().any(|(own, part)| *own == slot && follow(slot, part, words))
    }

    /// Whether terms of a slot follow one another in its texts.
    pub fn follows(&self, slot: Slot, terms: &[String]) -> bool {
        self.parts.iter().any(|(own, part)| *own == slot && follows(part, terms))
    }

    /// Whether a term stands in a text of one of these slots.
    pub fn has(&self, term: String, slots: u64) -> bool {
        let mut asked = (Slot::FIRST, term);
        Slot::searched().filter(|slot| slots & slot.mark() > 0).any(|slot| {
            asked.0 = slot;
            self.terms.contains(&asked)
        })
    }
}

fn follow(slot: Slot, part: &[Forms], words: &[String]) -> bool {
    let terms: Vec<String> = words.iter().map(|word| stem(slot, word)).collect();
    follows(part, &terms)
}

fn follows(part: &[Forms], terms: &[String]) -> bool {
    let is_it = |(forms, term): (&Forms, &String)| forms.folded == *term || forms.spelled.as_ref() == Some(term);
    !terms.is_empty() && part.windows(terms.len()).any(|window| window.iter().zip(terms).all(is_it))
}

/// The words of a document, as written and folded, part by part.
fn spoken(doc: &SearchDoc) -> Vec<(Slot, Vec<(&str, String)>)> {
    let texts = doc.texts.iter().flat_map(|text| {
        let slot = Slot::of(&text.language);
        [&text.title, &text.summary, &text.body].map(|part| (slot, read_words(part)))
    });
    let names = doc.names.iter().map(|name| (Slot::NAMES, read_words(name)));
    texts.chain(names).collect()
}
