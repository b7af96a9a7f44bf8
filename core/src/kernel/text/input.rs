//! The parts of a text as inputs of mutations take them and as records of imports and exports have them.
use std::{borrow::Cow, fmt, marker::PhantomData};

use async_graphql::{InputObjectType, InputType, InputValueError, InputValueResult, Name, Value, indexmap::IndexMap, registry::Registry};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use super::{
    Fields,
    part::{TextPart, Use, Written},
};
use crate::{
    base::text::{camel, is_blank},
    relay::field,
};

/// What an input says of the parts of a text: flattened into the inputs of mutations.
pub struct PartsInput<T, U> {
    /// The parts that were given, null where a part shall be forgotten.
    given: Vec<(&'static str, Option<String>)>,
    of: PhantomData<fn() -> (T, U)>,
}

/// Where the parts are taken, as a type.
pub trait Taken: Send + Sync + 'static {
    /// Where.
    const USE: Use;
}

/// Of a new thing.
pub struct Create;
/// Of a change.
pub struct Update;
/// Of a translation.
pub struct Translate;

impl Taken for Create {
    const USE: Use = Use::Create;
}
impl Taken for Update {
    const USE: Use = Use::Update;
}
impl Taken for Translate {
    const USE: Use = Use::Translate;
}

impl<T, U> PartsInput<T, U> {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// The words of one part, where they were given.
    pub fn get(&self, part: &str) -> Option<&str> {
        self.given.iter().find(|(name, _)| *name == part)?.1.as_deref()
    }

    /// A whole text.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        self.change(&mut fields);
        fields
    }

    /// The text with what was given in place of what stood there.
    pub fn change(&self, fields: &mut Fields) {
        for (part, words) in &self.given {
            match words {
                Some(words) => fields.insert((*part).to_owned(), words.clone()),
                None => fields.remove(*part),
            };
        }
    }
}

impl<T, U> Clone for PartsInput<T, U> {
    fn clone(&self) -> Self {
        Self { given: self.given.clone(), of: PhantomData }
    }
}

impl<T, U> fmt::Debug for PartsInput<T, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.given.fmt(f)
    }
}

fn is_needed<U: Taken>(part: &TextPart) -> bool {
    part.is_required && U::USE != Use::Update
}

impl<T: Written, U: Taken> InputType for PartsInput<T, U> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Parts{:?}", T::type_name(), U::USE))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        field::input_object::<Self>(registry, |registry| {
            let parts = T::PARTS.iter().map(|part| {
                let (name, told) = (camel(part.name), part.of_input(U::USE));
                if is_needed::<U>(part) {
                    field::input::<String>(&name, &told, None, registry)
                } else {
                    field::input::<Option<String>>(&name, &told, None, registry)
                }
            });
            parts.collect()
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(mut object)) = value else { return Err(InputValueError::expected_type(value.unwrap_or_default())) };
        let mut given = Vec::new();
        for part in T::PARTS {
            match object.swap_remove(camel(part.name).as_str()) {
                // A part that may be missing says nothing where it is blank.
                Some(Value::String(words)) => given.push((part.name, Some(words).filter(|words| part.is_required || !is_blank(words)))),
                // A part that can't be missing is not forgotten: null says nothing of it.
                Some(Value::Null) if !is_needed::<U>(part) => given.extend((!part.is_required).then_some((part.name, None))),
                Some(other) => return Err(InputValueError::expected_type(other)),
                None if is_needed::<U>(part) => return Err(InputValueError::expected_type(Value::Null)),
                None => {}
            }
        }
        Ok(Self { given, of: PhantomData })
    }

    fn to_value(&self) -> Value {
        let value = |words: &Option<String>| words.clone().map_or(Value::Null, Value::String);
        let fields: IndexMap<Name, Value> = self.given.iter().map(|(part, words)| (Name::new(camel(part)), value(words))).collect();
        Value::Object(fields)
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

impl<T: Written, U: Taken> InputObjectType for PartsInput<T, U> {}

/// The parts of a text as a record has them: flattened into the record.
pub struct PartsRecord<T> {
    /// The parts that are there.
    pub fields: Fields,
    of: PhantomData<fn() -> T>,
}

impl<T> PartsRecord<T> {
    /// The parts of a text.
    pub const fn of(fields: Fields) -> Self {
        Self { fields, of: PhantomData }
    }

    /// The trimmed words of one part; empty where it is missing.
    pub fn words(&self, part: &str) -> String {
        self.fields.get(part).map(|words| words.trim().to_owned()).unwrap_or_default()
    }
}

impl<T> fmt::Debug for PartsRecord<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fields.fmt(f)
    }
}

/// Every part, those that are missing as nulls, so that a record tells all that its kind knows.
impl<T: Written> Serialize for PartsRecord<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(T::PARTS.iter().map(|part| (part.name, self.fields.get(part.name))))
    }
}

impl<'de, T: Written> Deserialize<'de> for PartsRecord<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts<T>(PhantomData<T>);
        impl<'de, T: Written> Visitor<'de> for Parts<T> {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the parts of a text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::new();
                while let Some(name) = map.next_key::<String>()? {
                    if !T::PARTS.iter().any(|part| part.name == name) {
                        map.next_value::<serde::de::IgnoredAny>()?;
                        continue;
                    }
                    let words = map.next_value::<Option<String>>().map_err(|cause| serde::de::Error::custom(format!("{name}: {cause}")))?;
                    let is_required = T::PARTS.iter().any(|part| part.name == name && part.is_required);
                    fields.extend(words.filter(|words| is_required || !is_blank(words)).map(|words| (name, words)));
                }
                Ok(fields)
            }
        }
        Ok(Self::of(deserializer.deserialize_map(Parts::<T>(PhantomData))?))
    }
}
