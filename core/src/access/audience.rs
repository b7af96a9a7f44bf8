//! The audience of one row: one key out of `public`, `programme:X`, `pairing:X`, `city:X`, `person:X`.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How wide an audience is, narrow first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// One person.
    Person,
    /// The representatives of one city.
    City,
    /// The representatives of a pairing's cities and its invited stakeholders.
    Pairing,
    /// A programme's officers and the representatives of its cities.
    Programme,
    /// Everyone.
    Public,
}

impl Scope {
    /// The word before the colon.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::City => "city",
            Self::Pairing => "pairing",
            Self::Programme => "programme",
            Self::Public => "public",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Person, Self::City, Self::Pairing, Self::Programme, Self::Public].into_iter().find(|scope| scope.word() == word)
    }
}

/// One audience key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Audience(String);

impl Audience {
    /// Everyone.
    pub fn public() -> Self {
        Self("public".into())
    }

    /// The people of one thing.
    pub fn of(scope: Scope, id: Uuid) -> Self {
        if scope == Scope::Public { Self::public() } else { Self(format!("{}:{}", scope.word(), id.simple())) }
    }

    /// The key as it stands in the database and in the index.
    pub fn key(&self) -> &str {
        &self.0
    }

    /// Takes a stored key back.
    pub const fn from_key(key: String) -> Self {
        Self(key)
    }

    /// Scope and id.
    pub fn parts(&self) -> (Scope, Option<Uuid>) {
        let (word, id) = self.0.split_once(':').unwrap_or((&self.0, ""));
        (Scope::of_word(word).unwrap_or(Scope::Person), Uuid::parse_str(id).ok())
    }

    /// Whether everyone is in it.
    pub fn is_public(&self) -> bool {
        self.0 == "public"
    }

    /// Whether a thing moving from `self` to `next` is lost to somebody: anything but staying or widening.
    pub fn narrows_to(&self, next: &Self) -> bool {
        self != next && self.parts().0 >= next.parts().0
    }

    /// Whether `self` is surely no wider than `parent`: the same, below the public one, or one of the narrower
    /// audiences the parent is known to hold (a pairing's cities, a programme's pairings …).
    pub fn within(&self, parent: &Self, held: &[Self]) -> bool {
        self == parent || parent.is_public() || held.contains(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widening_loses_nobody_and_everything_else_does() {
        let city = Audience::of(Scope::City, Uuid::from_u128(1));
        let other = Audience::of(Scope::City, Uuid::from_u128(2));
        assert!(Audience::public().narrows_to(&city));
        assert!(city.narrows_to(&other));
        assert!(!city.narrows_to(&Audience::public()));
        assert!(!city.narrows_to(&city));
    }

    #[test]
    fn a_child_is_never_wider_than_its_parent() {
        let city = Audience::of(Scope::City, Uuid::from_u128(1));
        let pairing = Audience::of(Scope::Pairing, Uuid::from_u128(2));
        assert!(city.within(&Audience::public(), &[]));
        assert!(!Audience::public().within(&city, &[]));
        assert!(!city.within(&pairing, &[]));
        assert!(city.within(&pairing, std::slice::from_ref(&city)));
    }
}
