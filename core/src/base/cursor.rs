//! Opaque page cursors: the sort key and id of an item, so that they stay true while others come and go.
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A value a list can be ordered by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    /// Times and counts.
    Number(i64),
    /// Distances.
    Real(f64),
    /// Names.
    Text(String),
}

/// Where an item stands in an ordered list. `order` names the order, so that a cursor of another order is refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// Short name of the order.
    pub order: String,
    /// The item's sort key.
    pub key: Key,
    /// The item's id, which breaks ties.
    pub id: Uuid,
}

impl Cursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let value = (&self.order, &self.key, self.id.as_u128().to_string());
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&value).unwrap_or_default())
    }

    /// Reads the opaque text.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (order, key, id): (String, Key, String) = serde_json::from_slice(&bytes).ok()?;
        Some(Self { order, key, id: Uuid::from_u128(id.parse().ok()?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        for key in [Key::Number(-5), Key::Real(1.5), Key::Text("Übersee".into())] {
            let cursor = Cursor { order: "name".into(), key, id: Uuid::from_u128(u128::MAX) };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
    }

    #[test]
    fn rubbish_is_no_cursor() {
        assert_eq!(Cursor::decode("!!"), None);
        assert_eq!(Cursor::decode("bm9wZQ"), None);
    }
}
