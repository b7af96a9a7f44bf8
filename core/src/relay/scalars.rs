//! Scalars of the graph.
use async_graphql::{InputType, InputValueError, InputValueResult, Pos, Scalar, ScalarType, Value};
use serde::{Deserialize, Serialize};

use crate::base::{Language, Moment, date};

/// A point in time, RFC 3339 in UTC with a `Z`: `2018-07-18T09:00:00Z`. Input may have any offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Moment);

/// A point in time, RFC 3339 in UTC with a `Z`: `2018-07-18T09:00:00Z`. Input may have any offset.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Moment::parse(text)
                .map(Self)
                .ok_or_else(|| InputValueError::custom(format!("“{text}” is not an RFC 3339 time such as “2018-07-18T09:00:00Z”"))),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.rfc3339())
    }
}

/// A calendar day, ISO 8601: `2018-07-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateValue(pub jiff::civil::Date);

/// A calendar day, ISO 8601: `2018-07-18`.
#[Scalar(name = "Date")]
impl ScalarType for DateValue {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                date::day(text).map(Self).ok_or_else(|| InputValueError::custom(format!("“{text}” is not a day such as “2018-07-18”")))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A language tag by BCP 47: `en`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageTag(pub Language);

/// A language tag by BCP 47: `en`, `pt-BR`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc5646")]
impl ScalarType for LanguageTag {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Language::parse(text)
                .map(Self)
                .ok_or_else(|| InputValueError::custom(format!("“{text}” is not a language tag such as “en” or “pt-BR”"))),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A place in the hub's event log. Later places are greater; the text is also the cursor of the event there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub i64);

/// A place in the hub's event log. Later places are greater; the text is also the cursor of the event there.
#[Scalar]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Self::read(text)
                .ok_or_else(|| InputValueError::custom(format!("“{text}” is not a position; take it from a payload or an event"))),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl Position {
    /// Reads the text of a position.
    pub fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|position| *position >= 0).map(Self)
    }
}

/// Why a value is none of a scalar of the graph, in a sentence without its point; none where it is one, or the scalar is GraphQL's own.
pub fn scalar_fault(name: &str, value: &Value) -> Option<String> {
    fn of<S: ScalarType + InputType>(value: &Value) -> Option<String> {
        Some(input_fault(<S as ScalarType>::parse(value.clone()).err()?).trim_end_matches('.').to_owned())
    }
    match name {
        "DateTime" => of::<DateTime>(value),
        "Date" => of::<DateValue>(value),
        "LanguageTag" => of::<LanguageTag>(value),
        "Position" => of::<Position>(value),
        _ => None,
    }
}

/// Why a value is no input of a type, without the name of the type.
pub fn input_fault<T: InputType>(error: InputValueError<T>) -> String {
    let told = error.into_server_error(Pos::default()).message;
    let begun = format!("Failed to parse \"{}\": ", T::type_name());
    told.strip_prefix(&begun).map_or(told.clone(), str::to_owned)
}
