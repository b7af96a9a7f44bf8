//! How the hub's own value types stand in a column: ids as UUIDs, times as whole microseconds, the rest as text.
use sea_orm::{
    ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, ColumnType, Nullable, StringLen, ValueType, ValueTypeErr},
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeOwned},
};
use uuid::Uuid;

use crate::{
    access::Audience,
    base::{Id, Kind, Language, Moment},
};

/// A value kept as JSON text: lists and small records that are always read with their row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // In a database row it is JSON text; everywhere else it is the value itself.
        if deserializer.is_human_readable() {
            return T::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map(Self).map_err(de::Error::custom)
    }
}

impl<T> std::ops::Deref for Json<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Declares that a type stands in a column as another type the driver knows.
macro_rules! stands_as {
    ([$($generics:tt)*] $type:ty, $inner:ty, $column:expr, $into:expr, $from:expr) => {
        impl<$($generics)*> From<$type> for Value {
            fn from(value: $type) -> Self {
                let into: fn($type) -> $inner = $into;
                into(value).into()
            }
        }
        impl<$($generics)*> TryGetable for $type {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let from: fn($inner) -> Option<Self> = $from;
                let inner = <$inner>::try_get_by(row, index)?;
                from(inner).ok_or_else(|| TryGetError::DbErr(DbErr::Type(format!("a column does not hold a {}", stringify!($type)))))
            }
        }
        impl<$($generics)*> ValueType for $type {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                let from: fn($inner) -> Option<Self> = $from;
                from(<$inner as ValueType>::try_from(value)?).ok_or(ValueTypeErr)
            }
            fn type_name() -> String {
                stringify!($type).to_owned()
            }
            fn array_type() -> ArrayType {
                <$inner as ValueType>::array_type()
            }
            fn column_type() -> ColumnType {
                $column
            }
        }
        impl<$($generics)*> Nullable for $type {
            fn null() -> Value {
                <$inner as Nullable>::null()
            }
        }
    };
}

stands_as!([K: Kind] Id<K>, Uuid, ColumnType::Uuid, |id| id.uuid(), |uuid| Some(Id::new(uuid)));
stands_as!([] Moment, i64, ColumnType::BigInteger, |at| at.0, |at| Some(Moment(at)));
stands_as!([] Audience, String, ColumnType::String(StringLen::None), |a| a.key().to_owned(), |key| Some(Audience::from_key(key)));
stands_as!([] Language, String, ColumnType::String(StringLen::None), |tag| tag.as_str().to_owned(), |tag| Language::parse(&tag));
stands_as!([T: Serialize + DeserializeOwned] Json<T>, String, ColumnType::Text,
    |json| serde_json::to_string(&json.0).unwrap_or_default(), |text| serde_json::from_str(&text).ok().map(Json));

/// Ids are never numbers; sea-orm asks for this of every primary key.
impl<K: Kind> TryFromU64 for Id<K> {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Id"))
    }
}

impl TryFromU64 for Language {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Language"))
    }
}
