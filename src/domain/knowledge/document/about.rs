//! The kinds of things documents are about.
use async_graphql::Enum;

/// A kind of thing that documents are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DocumentAbout {
    /// Applications to calls.
    Application,
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

/// What a document can be about, as a refusal says it.
pub(super) const TAKES: &str = "A document is about an application, city, pairing, practice, programme or seminar; give its id.";

impl DocumentAbout {
    /// The kind's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::City => "city",
            Self::Pairing => "pairing",
            Self::Practice => "practice",
            Self::Programme => "programme",
            Self::Seminar => "seminar",
        }
    }
}
