//! Stemmers: how the words of a language are cut down to their stems.
//!
//! They are Snowball's (<https://snowballstem.org>), but for Bulgarian, which has one of our own.

use frostem::{Algorithm, Stemmer};

use super::bulgarian_stemmer;

/// How a language's words are cut down to their stems.
#[derive(Clone, Copy)]
pub enum Stemming {
    None,
    Snowball(Algorithm),
    Bulgarian,
}

impl Stemming {
    pub fn stem(self, folded: &str) -> String {
        match self {
            Stemming::None => folded.to_owned(),
            Stemming::Snowball(algorithm) => Stemmer::new(algorithm).stem(folded).into_owned(),
            Stemming::Bulgarian => bulgarian_stemmer::stem(folded),
        }
    }
}
