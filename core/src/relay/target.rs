//! What a mutation is about: the thing, the version of it that was seen, and the key that makes a retry harmless.
use std::{borrow::Cow, fmt, marker::PhantomData};

use async_graphql::{
    ID, InputObjectType, InputType, InputValueError, InputValueResult, Name, Value,
    indexmap::IndexMap,
    registry::{MetaInputValue, Registry},
};

use super::field;
use crate::base::{Id, Kind, Result};

/// The thing a mutation changes: flattened into its input.
pub struct Target<T> {
    id: ID,
    /// The version the change starts from.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
    of: PhantomData<fn() -> T>,
}

impl<T: Kind> Target<T> {
    /// The thing's id.
    pub fn id(&self) -> Result<Id<T>> {
        Ok(Id::parse(&self.id, "input.id")?)
    }
}

impl<T> Clone for Target<T> {
    fn clone(&self) -> Self {
        Self {
            id: self.id.clone(),
            expected_version: self.expected_version,
            idempotency_key: self.idempotency_key.clone(),
            of: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Target<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (&self.id, self.expected_version).fmt(f)
    }
}

/// The fields, as every input of a change has them.
fn fields<T: Kind>(registry: &mut Registry) -> Vec<MetaInputValue> {
    let thing = format!("The {}.", T::NAME.replace('_', " "));
    let stale = "The version the change starts from; a stale one is `CONFLICT`.";
    vec![
        field::input::<ID>("id", &thing, None, registry),
        field::input::<Option<i32>>("expectedVersion", stale, None, registry),
        field::input::<Option<String>>("idempotencyKey", "Makes a retry harmless.", None, registry),
    ]
}

impl<T: Kind> InputType for Target<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Target", T::NAME))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::input_object::<Self>(registry, fields::<T>)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(mut object)) = value else { return Err(InputValueError::expected_type(value.unwrap_or_default())) };
        let mut given = |name: &str| object.swap_remove(name);
        Ok(Self {
            id: InputType::parse(given("id")).map_err(InputValueError::propagate)?,
            expected_version: InputType::parse(given("expectedVersion")).map_err(InputValueError::propagate)?,
            idempotency_key: InputType::parse(given("idempotencyKey")).map_err(InputValueError::propagate)?,
            of: PhantomData,
        })
    }

    fn to_value(&self) -> Value {
        let fields = [
            ("id", self.id.to_value()),
            ("expectedVersion", self.expected_version.to_value()),
            ("idempotencyKey", self.idempotency_key.to_value()),
        ];
        Value::Object(IndexMap::from(fields.map(|(name, value)| (Name::new(name), value))))
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Kind> InputObjectType for Target<T> {}

/// Puts what an input gives in place of what stands there.
pub fn put<T>(column: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *column = given;
    }
}
