//! The audience of one row: one key out of `public`, `programme:X`, `officers:X`, `pairing:X`, `city:X`, `person:X`; or two of them, which are for the
//! people of either: `officers:X+city:Y` for what a city hands in to a programme's officers, `officers:X+pairing:Y` for what these follow of a pairing, `city:X+city:Y`
//! for what is between two cities.
use std::borrow::Borrow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How wide an audience is, narrow first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// One person.
    Person,
    /// The representatives of one city; of what is between two cities, those of the other one, too.
    City,
    /// The representatives of a pairing's cities and its invited stakeholders.
    Pairing,
    /// A programme's officers; of what a city handed in to them, or they follow of a pairing, its people, too.
    Officers,
    /// A programme's officers and the representatives of its cities.
    Programme,
    /// Everyone.
    Public,
}

/// Stands between the parties of an audience of two.
const BETWEEN: char = '+';

impl Scope {
    const ALL: [Self; 6] = [Self::Person, Self::City, Self::Pairing, Self::Officers, Self::Programme, Self::Public];

    /// The word before the colon.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::City => "city",
            Self::Pairing => "pairing",
            Self::Officers => "officers",
            Self::Programme => "programme",
            Self::Public => "public",
        }
    }

    /// The kind of the thing whose people are in it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Officers => Self::Programme.word(),
            other => other.word(),
        }
    }

    /// The scope of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
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

    /// What a city hands in to the officers of a programme: for them and for the city's representatives, and for no other city.
    pub fn handed_in(programme: Uuid, city: Uuid) -> Self {
        Self::of(Scope::Officers, programme).and(&Self::of(Scope::City, city))
    }

    /// What the officers of a programme and the members of a pairing know of each other, and nobody else.
    pub fn followed(programme: Uuid, pairing: Uuid) -> Self {
        Self::of(Scope::Officers, programme).and(&Self::of(Scope::Pairing, pairing))
    }

    /// What is between two cities, and nobody else's.
    pub fn between(one: Uuid, other: Uuid) -> Self {
        Self::of(Scope::City, one).and(&Self::of(Scope::City, other))
    }

    /// For the people of either.
    pub fn and(&self, other: &Self) -> Self {
        Self(format!("{}{BETWEEN}{}", self.0, other.0))
    }

    /// The audiences whose people are in it: itself, or each of two.
    pub fn parties(&self) -> impl Iterator<Item = &str> {
        self.0.split(BETWEEN)
    }

    /// What the keys of two parties have of which this is one, as SQL's `LIKE` has it; none where it is never one. One pattern a key, whichever its places
    /// are: each is asked of every row.
    pub(super) fn joint_pattern(&self) -> Option<String> {
        match self.parts().0 {
            Scope::Officers => Some(format!("{}{BETWEEN}%", self.0)),
            // In either place. Nothing but the city's own key has its key in it, so this finds no row of others.
            Scope::City => Some(format!("%{}%", self.0)),
            Scope::Pairing => Some(format!("%{BETWEEN}{}", self.0)),
            _ => None,
        }
    }

    /// The key as it stands in the database and in the index.
    pub fn key(&self) -> &str {
        &self.0
    }

    /// Takes a stored key back.
    pub const fn from_key(key: String) -> Self {
        Self(key)
    }

    /// Scope and id; of two parties those of the first.
    pub fn parts(&self) -> (Scope, Option<Uuid>) {
        parts(self.parties().next().unwrap_or_default())
    }

    /// The second party's, where there are two.
    pub fn second(&self) -> Option<(Scope, Uuid)> {
        let (scope, id) = parts(self.parties().nth(1)?);
        Some((scope, id?))
    }

    /// Whether everyone is in it.
    pub fn is_public(&self) -> bool {
        self.0 == "public"
    }

    /// Whether a thing moving from `self` to `next` is lost to somebody: anything but staying or widening.
    pub fn narrows_to(&self, next: &Self) -> bool {
        self != next && self.parts().0 >= next.parts().0
    }

    /// Whether a thing moving from `self` to `next` is lost to nobody, and seen by some for the first time.
    pub fn widens_to(&self, next: &Self) -> bool {
        self != next && !self.narrows_to(next)
    }

    /// Whether `self` is surely no wider than `parent`: the same, below the public one, one of its parties, or one of the narrower
    /// audiences the parent is known to hold (a pairing's cities, a programme's pairings …).
    pub fn within(&self, parent: &Self, held: &[Self]) -> bool {
        self == parent || parent.is_public() || parent.parties().any(|party| party == self.0) || held.contains(self)
    }
}

/// So that a party is looked up by its key.
impl Borrow<str> for Audience {
    fn borrow(&self) -> &str {
        &self.0
    }
}

fn parts(party: &str) -> (Scope, Option<Uuid>) {
    let (word, id) = party.split_once(':').unwrap_or((party, ""));
    (Scope::of_word(word).unwrap_or(Scope::Person), Uuid::parse_str(id).ok())
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
        assert!(city.widens_to(&Audience::public()) && !city.widens_to(&city) && !city.widens_to(&other));
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

    #[test]
    fn what_is_handed_in_is_wider_than_the_city_and_lost_to_nobody() {
        let (programme, city) = (Uuid::from_u128(3), Uuid::from_u128(1));
        let (own, handed_in) = (Audience::of(Scope::City, city), Audience::handed_in(programme, city));
        assert_eq!((handed_in.parts(), handed_in.second()), ((Scope::Officers, Some(programme)), Some((Scope::City, city))));
        assert!(!own.narrows_to(&handed_in) && handed_in.narrows_to(&own));
        assert!(own.within(&handed_in, &[]) && Audience::of(Scope::Officers, programme).within(&handed_in, &[]));
        assert!(!handed_in.within(&own, &[]) && !Audience::of(Scope::Programme, programme).within(&handed_in, &[]));
    }

    #[test]
    fn a_city_is_sought_in_either_place_by_one_pattern() {
        let [one, other] = [1, 2].map(Uuid::from_u128);
        let (own, programme) = (Audience::of(Scope::City, one), Audience::of(Scope::Programme, one));
        let pattern = own.joint_pattern().unwrap();
        let finds = |audience: &Audience| audience.key().contains(pattern.trim_matches('%'));
        assert!([Audience::between(one, other), Audience::between(other, one), Audience::handed_in(other, one)].iter().all(finds));
        assert!(![Audience::handed_in(one, other), Audience::followed(one, one), programme.clone()].iter().any(finds));
        // Who holds neither a city, a pairing nor an office asks for none.
        assert_eq!([programme, Audience::public(), Audience::of(Scope::Person, one)].map(|key| key.joint_pattern()), [None, None, None]);
    }
}
