//! The columns of a kind as its records have them.
use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
    ser::{Error as _, SerializeMap},
};
use serde_json::Value as JsonValue;

use super::{ColumnValue, Filled};

/// The columns of a kind as a record has them: flattened into the record.
pub struct ColumnsRecord<T: Filled> {
    held: Vec<Option<ColumnValue>>,
    of: PhantomData<fn() -> T>,
}

impl<T: Filled> ColumnsRecord<T> {
    /// What a row holds.
    pub fn of(row: &T::Row) -> Self {
        let held = T::COLUMNS.iter().map(|column| column.is_recorded().then(|| column.hold(row)));
        Self { held: held.collect(), of: PhantomData }
    }

    /// Puts what the record tells into a row.
    pub fn put(&self, row: &mut T::Row) {
        for (column, held) in T::COLUMNS.iter().zip(&self.held) {
            if let Some(held) = held {
                column.restore(held, row);
            }
        }
    }
}

/// Every column, those that are missing as nulls, so that a record tells all that its kind knows.
impl<T: Filled> Serialize for ColumnsRecord<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, held) in T::COLUMNS.iter().zip(&self.held).filter(|(column, _)| column.is_recorded()) {
            let told = held.as_ref().map_or(Ok(JsonValue::Null), |held| column.told(held)).map_err(S::Error::custom)?;
            map.serialize_entry(column.name(), &told)?;
        }
        map.end()
    }
}

impl<'de, T: Filled> Deserialize<'de> for ColumnsRecord<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Record<T>(PhantomData<fn() -> T>);
        impl<'de, T: Filled> Visitor<'de> for Record<T> {
            type Value = ColumnsRecord<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                let mut held: Vec<Option<ColumnValue>> = T::COLUMNS.iter().map(|_| None).collect();
                while let Some(name) = map.next_key::<String>()? {
                    match T::COLUMNS.iter().position(|column| column.is_recorded() && column.name() == name) {
                        Some(place) if held[place].is_some() => return Err(A::Error::duplicate_field(T::COLUMNS[place].name())),
                        Some(place) => {
                            let told: JsonValue = map.next_value().map_err(|cause| A::Error::custom(format!("{name}: {cause}")))?;
                            held[place] = Some(T::COLUMNS[place].read(told).map_err(A::Error::custom)?);
                        }
                        None => drop(map.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                let missing =
                    T::COLUMNS.iter().zip(&held).find(|(column, held)| column.is_recorded() && column.is_needed() && held.is_none());
                match missing {
                    Some((column, _)) => Err(A::Error::missing_field(column.name())),
                    None => Ok(ColumnsRecord { held, of: PhantomData }),
                }
            }
        }
        deserializer.deserialize_map(Record::<T>(PhantomData))
    }
}
