//! Slots: the indexed fields of texts, one a language, and those of what has no language.

use super::languages::{LANGUAGES, Language};

/// Where a text's words are kept: the field of its language, or a field for what has no language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Slot(pub u8);

impl Slot {
    /// Texts in a language without an analyzer.
    pub const OTHER: Slot = Slot(LANGUAGES.len() as u8);
    /// Names, aliases and codes, which belong to no language.
    pub const NAMES: Slot = Slot(LANGUAGES.len() as u8 + 1);
    pub const FIRST: Slot = Slot(0);
    pub const LAST: Slot = Slot(Slot::COUNT as u8 - 1);
    /// The first of the slots of titles, one a language and one for the others.
    const TITLES: u8 = LANGUAGES.len() as u8 + 2;
    pub const COUNT: usize = 2 * LANGUAGES.len() + 3;

    /// Every slot, in the order of the layout.
    pub fn all() -> impl Iterator<Item = Slot> {
        (0..Slot::COUNT as u8).map(Slot)
    }

    /// The slot of a language tag; regions and scripts share the slot of their language.
    pub fn of(tag: &str) -> Slot {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let primary = match primary.as_str() {
            "nb" | "nn" => "no",
            "bs" | "sr" | "sh" => "hr",
            other => other,
        };
        LANGUAGES.iter().position(|language| language.tag == primary).map_or(Slot::OTHER, |at| Slot(at as u8))
    }

    /// The slots that a query is looked up in: all but those of titles, which follow their language.
    pub fn searched() -> impl Iterator<Item = Slot> {
        (0..Slot::TITLES).map(Slot)
    }

    /// Where the titles of a slot's texts are kept once more. Names have none.
    pub fn title(self) -> Option<Slot> {
        (self.0 <= Slot::OTHER.0).then_some(Slot(self.0 + Slot::TITLES))
    }

    pub fn is_title(self) -> bool {
        self.0 >= Slot::TITLES
    }

    /// The slot of a title's language; any other slot is its own.
    pub fn base(self) -> Slot {
        Slot(self.0.checked_sub(Slot::TITLES).unwrap_or(self.0))
    }

    pub fn language(self) -> Option<&'static Language> {
        LANGUAGES.get(self.base().index())
    }

    /// The slot's bit in a set of languages; what belongs to none has no bit.
    pub fn bit(self) -> u64 {
        if self.index() < LANGUAGES.len() { 1 << self.0 } else { 0 }
    }

    /// The slot's bit in a set of slots that a query is looked up in; unlike in a set of languages, names and other languages have one, too.
    pub fn mark(self) -> u64 {
        const { assert!(Slot::TITLES as u32 <= u64::BITS, "a slot that is sought has its bit") };
        1 << self.0
    }

    /// A folded word or phrase as a term that tells its slot: the word, a zero byte and the letter of the slot.
    pub fn term(self, folded: &str) -> String {
        folded.chars().chain(self.term_ending()).collect()
    }

    /// What stands behind the word in such a term.
    pub fn term_ending(self) -> [char; 2] {
        ['\0', char::from(b'!' + self.0)]
    }

    /// The word and the slot of such a term.
    pub fn split_term(term: &[u8]) -> Option<(&str, Slot)> {
        let (word, slot) = std::str::from_utf8(term).ok()?.rsplit_once('\0')?;
        let slot = slot.bytes().next()?.checked_sub(b'!')?;
        Some((word, Slot(slot)))
    }

    /// Whether the language writes compounds as one word.
    pub fn is_compounding(self) -> bool {
        self.language().is_some_and(|language| matches!(language.tag, "de" | "nl"))
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The name of the slot's field.
    pub fn name(self) -> String {
        let part = if self.is_title() { "title" } else { "text" };
        match self.language() {
            Some(language) => format!("{part}_{}", language.tag),
            None if self == Slot::NAMES => "names".to_owned(),
            None => format!("{part}_other"),
        }
    }
}
