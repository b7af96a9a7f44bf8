//! Vocabularies: themes, the global agendas and their goals, and words that find each other in search.
pub mod agenda;
pub mod goal;
pub mod synonym;
pub mod theme;
