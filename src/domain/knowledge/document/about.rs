//! The kinds of things documents are about.
use std::collections::HashMap;

use async_graphql::Enum;
use uuid::Uuid;

use crate::{
    base::{Code, Result, id, refuse},
    domain::entry_of,
    kernel::ParentFacts,
    store::Tx,
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

/// The kinds' names.
pub(super) const KINDS: [&str; 5] = {
    let mut names = [""; 5];
    let mut index = 0;
    while index < names.len() {
        names[index] = DocumentAbout::ALL[index].word();
        index += 1;
    }
    names
};

/// Reads the id of a thing a document can be about.
pub(super) fn parse(text: &str, path: &str) -> Result<(DocumentAbout, Uuid)> {
    match id::split(text).and_then(|(prefix, id)| Some((DocumentAbout::of_word(prefix)?, id))) {
        Some(found) => Ok(found),
        None => refuse(Code::BadInput, path, "A document is about a city, pairing, practice, programme or seminar; give its id."),
    }
}

/// Who may see the thing and whose it is; none where the viewer does not see it.
pub(super) async fn parent_facts(tx: &Tx<'_>, kind: &str, id: Uuid) -> Result<Option<ParentFacts>> {
    match entry_of(kind) {
        Some(entry) => entry.parent_facts(tx, id).await,
        None => Ok(None),
    }
}

/// What these things of one kind belong to.
pub(super) async fn belongs(tx: &Tx<'_>, kind: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    match entry_of(kind) {
        Some(entry) => entry.tags(tx, ids).await,
        None => Ok(HashMap::new()),
    }
}
