//! Sorts of events: the word the log has for each, and what whoever follows the log reads off it.

/// A sort of event. Each kind declares its own.
#[derive(Debug)]
pub struct EventType {
    /// The word of the log, past tense: `practicePublished`.
    pub word: &'static str,
    /// What happened, in a sentence for the graph.
    pub description: &'static str,
    /// How it is told.
    pub turn: Turn,
    /// Whether it is always the first of its subject, on which nothing can depend yet.
    pub is_first: bool,
    /// Whether it tells of reference data (themes, agendas) or of the hub's own doing (a text was read): no news, unless it is asked for.
    pub is_reference: bool,
    /// Whether it is told to one person alone, who is notified of it whatever they follow.
    pub is_personal: bool,
}

/// What an event means for its subject: how mails and feeds tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is there, or was handed on.
    Added,
    /// It changed in some way.
    Changed,
    /// It can be read in another language.
    Translated,
    /// It can be read by those it is for.
    Published,
    /// It was taken back.
    Withdrawn,
    /// It opened.
    Opened,
    /// Cities work together.
    Paired,
    /// It has a date.
    Scheduled,
    /// It has another time or place.
    Moved,
    /// It will not take place.
    Cancelled,
    /// Whoever it is told to has a place there.
    Placed,
    /// It took place.
    Held,
    /// Its documents are there.
    Documented,
}

impl EventType {
    /// A sort of event.
    pub const fn new(word: &'static str, turn: Turn, description: &'static str) -> Self {
        Self { word, description, turn, is_first: false, is_reference: false, is_personal: false }
    }

    /// The same where it is always the first of its subject.
    pub const fn first(self) -> Self {
        Self { is_first: true, ..self }
    }

    /// The same where it is no news, unless it is asked for.
    pub const fn reference(self) -> Self {
        Self { is_reference: true, ..self }
    }

    /// The same where it is told to one person alone ([`Tx::log_to`](super::Tx::log_to)).
    pub const fn personal(self) -> Self {
        Self { is_personal: true, ..self }
    }

    /// Its name in the graph: `PRACTICE_PUBLISHED`.
    pub fn name(&self) -> String {
        let mut name = String::with_capacity(self.word.len() + 3);
        for letter in self.word.chars() {
            if letter.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_uppercase());
        }
        name
    }
}

impl PartialEq for EventType {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for EventType {}

/// A translation was added or changed, of whatever kind of thing.
pub static TRANSLATED: EventType = EventType::new("translationPublished", Turn::Translated, "A translation was added or changed.");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_writes_a_word_of_the_log_in_capitals() {
        assert_eq!(TRANSLATED.name(), "TRANSLATION_PUBLISHED");
    }
}
