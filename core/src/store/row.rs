//! A row as a reading statement found it: the same for both databases, decoded once and moved into its model.
use std::sync::Arc;

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _, postgres::PgRow},
};
use serde::{
    Deserializer,
    de::{self, DeserializeOwned, IntoDeserializer, MapAccess, Visitor},
    forward_to_deserialize_any,
};
use uuid::Uuid;

/// A row a reading statement found.
#[derive(Debug)]
pub struct Row {
    pub(super) columns: Arc<[String]>,
    pub(super) values: Vec<Stored>,
}

/// A value as a database keeps it. Truth values are 0 and 1.
#[derive(Clone, Debug)]
pub(super) enum Stored {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Uuid(Uuid),
    Blob(Vec<u8>),
}

impl Row {
    /// One column.
    pub fn get<T: DeserializeOwned>(&self, column: &str) -> Result<T, DbErr> {
        let Some(index) = self.columns.iter().position(|have| have == column) else {
            return Err(told(Wrong(format!("there is no column {column}"))));
        };
        T::deserialize(self.values[index].clone()).map_err(|cause| told(Wrong(format!("{column}: {}", cause.0))))
    }

    /// The whole row as a model; columns the model has not are passed over.
    pub fn into_model<M: DeserializeOwned>(self) -> Result<M, DbErr> {
        M::deserialize(self).map_err(told)
    }

    /// The rows a statement on PostgreSQL found.
    pub(super) fn of_postgres(rows: &[PgRow]) -> Result<Vec<Self>, DbErr> {
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let columns: Arc<[String]> = first.columns().iter().map(|column| column.name().to_owned()).collect();
        let sorts = first.columns().iter().map(|column| Sort::of(column.type_info().name())).collect::<Result<Vec<_>, _>>()?;
        rows.iter()
            .map(|row| {
                let values = sorts.iter().enumerate().map(|(index, sort)| sort.take(row, index));
                Ok(Self { columns: columns.clone(), values: values.collect::<Result<_, _>>()? })
            })
            .collect()
    }
}

/// The types of PostgreSQL that the hub's columns and counts have.
#[derive(Clone, Copy)]
enum Sort {
    Bool,
    Int2,
    Int4,
    Int8,
    Float8,
    Text,
    Uuid,
    Bytes,
}

impl Sort {
    fn of(name: &str) -> Result<Self, DbErr> {
        Ok(match name {
            "BOOL" => Self::Bool,
            "INT2" => Self::Int2,
            "INT4" => Self::Int4,
            "INT8" => Self::Int8,
            "FLOAT8" => Self::Float8,
            "TEXT" | "VARCHAR" | "NAME" => Self::Text,
            "UUID" => Self::Uuid,
            "BYTEA" => Self::Bytes,
            other => return Err(told(Wrong(format!("columns of the type {other} are not read")))),
        })
    }

    /// A value in PostgreSQL's binary format: numbers with their highest byte first.
    fn take(self, row: &PgRow, index: usize) -> Result<Stored, DbErr> {
        let wrong = |cause: String| told(Wrong(format!("column {index}: {cause}")));
        let value = row.try_get_raw(index).map_err(|cause| wrong(cause.to_string()))?;
        if value.is_null() {
            return Ok(Stored::Null);
        }
        let bytes = value.as_bytes().map_err(|cause| wrong(cause.to_string()))?;
        let odd = || wrong(format!("{} bytes", bytes.len()));
        Ok(match self {
            Self::Bool => Stored::Integer(i64::from(bytes.first().is_some_and(|byte| *byte != 0))),
            Self::Int2 => Stored::Integer(i16::from_be_bytes(bytes.try_into().map_err(|_| odd())?).into()),
            Self::Int4 => Stored::Integer(i32::from_be_bytes(bytes.try_into().map_err(|_| odd())?).into()),
            Self::Int8 => Stored::Integer(i64::from_be_bytes(bytes.try_into().map_err(|_| odd())?)),
            Self::Float8 => Stored::Real(f64::from_be_bytes(bytes.try_into().map_err(|_| odd())?)),
            Self::Text => Stored::Text(std::str::from_utf8(bytes).map_err(|cause| wrong(cause.to_string()))?.to_owned()),
            Self::Uuid => Stored::Uuid(Uuid::from_slice(bytes).map_err(|_| odd())?),
            Self::Bytes => Stored::Blob(bytes.to_vec()),
        })
    }
}

fn told(cause: Wrong) -> DbErr {
    DbErr::Query(RuntimeErr::Internal(cause.0))
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

impl<'de> Deserializer<'de> for Row {
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
            Self::Uuid(uuid) => visitor.visit_bytes(uuid.as_bytes()),
            Self::Blob(bytes) => visitor.visit_byte_buf(bytes),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Self::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    /// 0 is false, everything else true.
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
