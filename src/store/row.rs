//! A row as a reading statement found it, from either database.
use std::sync::Arc;

use sea_orm::{DbErr, FromQueryResult, QueryResult, RuntimeErr, TryGetable};
use serde::{
    Deserializer,
    de::{self, DeserializeOwned, IntoDeserializer, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// A row a reading statement found.
pub enum Row {
    /// From PostgreSQL, as its driver has it.
    Postgres(QueryResult),
    /// From SQLite, already taken out of the statement.
    Sqlite(SqliteRow),
}

impl Row {
    /// One column. The first argument is there for likeness with sea-orm's rows, whose columns may have a prefix.
    pub fn try_get<T: TryGetable + DeserializeOwned>(&self, prefix: &str, column: &str) -> Result<T, DbErr> {
        match self {
            Self::Postgres(row) => row.try_get(prefix, column),
            Self::Sqlite(row) => row.get(column),
        }
    }

    /// The whole row as a model; columns the model has not are passed over.
    pub fn into_model<M: FromQueryResult + DeserializeOwned>(self) -> Result<M, DbErr> {
        match self {
            Self::Postgres(row) => M::from_query_result(&row, ""),
            Self::Sqlite(row) => M::deserialize(row).map_err(told),
        }
    }
}

fn told(cause: Wrong) -> DbErr {
    DbErr::Query(RuntimeErr::Internal(cause.0))
}

/// A value as SQLite keeps it.
#[derive(Clone, Debug)]
pub(super) enum Stored {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// The columns and values of one row.
#[derive(Debug)]
pub struct SqliteRow {
    pub(super) columns: Arc<[String]>,
    pub(super) values: Vec<Stored>,
}

impl SqliteRow {
    fn get<T: DeserializeOwned>(&self, column: &str) -> Result<T, DbErr> {
        let Some(index) = self.columns.iter().position(|have| have == column) else {
            return Err(told(Wrong(format!("there is no column {column}"))));
        };
        T::deserialize(self.values[index].clone()).map_err(|cause| told(Wrong(format!("{column}: {}", cause.0))))
    }
}

/// Why a row does not fit a model.
#[derive(Debug)]
pub struct Wrong(String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: std::fmt::Display>(told: T) -> Self {
        Self(told.to_string())
    }
}

impl<'de> Deserializer<'de> for SqliteRow {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let columns = self.columns;
        visitor.visit_map(Cells { columns: &columns, at: 0, values: self.values.into_iter() })
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct map
        struct enum identifier ignored_any
    }
}

struct Cells<'c> {
    columns: &'c [String],
    at: usize,
    values: std::vec::IntoIter<Stored>,
}

impl<'de> MapAccess<'de> for Cells<'_> {
    type Error = Wrong;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        match self.columns.get(self.at) {
            Some(column) => seed.deserialize(column.as_str().into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        let column = self.columns.get(self.at).map_or("", String::as_str);
        self.at += 1;
        let value = self.values.next().unwrap_or(Stored::Null);
        seed.deserialize(value).map_err(|cause| Wrong(format!("{column}: {}", cause.0)))
    }
}

impl<'de> Deserializer<'de> for Stored {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Integer(number) => visitor.visit_i64(number),
            Self::Real(real) => visitor.visit_f64(real),
            Self::Text(text) => visitor.visit_string(text),
            Self::Blob(bytes) => visitor.visit_byte_buf(bytes),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    /// SQLite has no truth values: 0 is false, everything else true.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Integer(number) => visitor.visit_bool(number != 0),
            value => value.deserialize_any(visitor),
        }
    }

    /// A whole real may stand as an integer.
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Integer(number) => visitor.visit_f64(number as f64),
            value => value.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self {
            Self::Text(text) => IntoDeserializer::<Wrong>::into_deserializer(text).deserialize_enum(name, variants, visitor),
            value => value.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u32 u64 f32 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
