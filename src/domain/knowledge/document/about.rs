//! The kinds of things documents are about.
use async_graphql::Enum;
use uuid::Uuid;

use crate::{
    base::{Code, Result, refuse},
    domain::about,
};

/// A kind of thing that documents are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DocumentAbout {
    /// Cities.
    City,
    /// Pairings.
    Pairing,
    /// Practices.
    Practice,
    /// Programmes.
    Programme,
    /// Seminars.
    Seminar,
}

impl DocumentAbout {
    const ALL: [Self; 5] = [Self::City, Self::Pairing, Self::Practice, Self::Programme, Self::Seminar];

    /// The kind's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Pairing => "pairing",
            Self::Practice => "practice",
            Self::Programme => "programme",
            Self::Seminar => "seminar",
        }
    }

    /// The kind of this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.word() == word)
    }
}

/// Reads the id of a thing a document can be about.
pub(super) fn parse(text: &str, path: &str) -> Result<(DocumentAbout, Uuid)> {
    match about::parse(text).and_then(|(kind, id)| Some((DocumentAbout::of_word(kind)?, id))) {
        Some(found) => Ok(found),
        None => refuse(Code::BadInput, path, "A document is about a city, pairing, practice, programme or seminar; give its id."),
    }
}
