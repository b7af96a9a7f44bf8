//! Identifiers: a TypeID outside (`practice_01h…`), a UUIDv7 inside, and a type in Rust.
//!
//! `Id<K>` cannot be mixed up at compile time; [`AnyId`] is an id whose kind is known only at run time.
use std::{fmt, hash::Hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use typeid_suffix::prelude::TypeIdSuffix;
use uuid::Uuid;

use super::{Code, Refusal, text::with_article};

/// A kind of thing: names the prefix of its ids, which is also the name of its table.
pub trait Kind: 'static {
    /// The prefix, lower case, singular: `practice`.
    const NAME: &'static str;
}

/// The id of one thing of kind `K`.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

/// An id with its kind beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AnyId {
    /// The prefix.
    pub kind: &'static str,
    /// The UUID.
    pub uuid: Uuid,
}

impl<K> Id<K> {
    /// Takes a UUID for an id of kind `K`.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The UUID inside.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K: Kind> Id<K> {
    /// The same id with its kind as a value.
    pub const fn any(self) -> AnyId {
        AnyId { kind: K::NAME, uuid: self.0 }
    }

    /// Reads an id and insists on its kind; `path` names the input field in the refusal.
    pub fn parse(text: &str, path: &str) -> Result<Self, Refusal> {
        text.parse().map_err(|()| {
            Refusal::new(
                Code::BadInput,
                path,
                format!("“{}” is not an id of {}; such ids look like {}_01h….", clip(text), named::<K>(), K::NAME),
            )
        })
    }
}

/// A thing of a kind in a sentence: “an application”.
fn named<K: Kind>() -> String {
    with_article(&K::NAME.replace('_', " "))
}

/// Splits `practice_01h…` into its prefix and its UUID.
pub fn split(text: &str) -> Option<(&str, Uuid)> {
    let (prefix, suffix) = text.rsplit_once('_')?;
    let suffix = TypeIdSuffix::from_str(suffix).ok()?;
    Some((prefix, suffix.to_uuid()))
}

/// Writes an id: `practice`, UUID → `practice_01h…`.
pub fn join(prefix: &str, uuid: Uuid) -> String {
    let suffix = TypeIdSuffix::from(uuid);
    let mut out = String::with_capacity(prefix.len() + 27);
    out.push_str(prefix);
    out.push('_');
    out.push_str(suffix.as_ref());
    out
}

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

impl<K: Kind> FromStr for Id<K> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match split(text) {
            Some((prefix, uuid)) if prefix == K::NAME => Ok(Self::new(uuid)),
            _ => Err(()),
        }
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(K::NAME, self.0))
    }
}

impl fmt::Display for AnyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(self.kind, self.uuid))
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // In a database row an id is its UUID; everywhere else it is readable.
        if !deserializer.is_human_readable() {
            return Uuid::deserialize(deserializer).map(Self::new);
        }
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| de::Error::custom(format!("not an id of {}", named::<K>())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing;
    impl Kind for Thing {
        const NAME: &'static str = "thing";
    }

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let id = Id::<Thing>::new(Uuid::from_u128(0x0190_1234_5678_7abc_8def_0123_4567_89ab));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().starts_with("thing_"));
    }

    #[test]
    fn an_id_of_another_kind_is_refused_by_name() {
        let refusal = Id::<Thing>::parse("city_01h455vb4pex5vsknk084sn02q", "input.thing").unwrap_err();
        assert_eq!(refusal.path, "input.thing");
        assert!(refusal.message.contains("thing_01h"));
    }
}
