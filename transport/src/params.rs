//! The parameters of an operation, however they came: a JSON body, a query string, a socket's message.
//!
//! Invariant: a parameter of the wrong kind is refused with its name, never read as absent.

use std::borrow::Cow;

use async_graphql::{Value, Variables};
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::{
    code::{Code, Refusal},
    document::hold,
    lexer,
    limits::{Limits, count},
};
use crate::relay::upload::Files;

/// One operation as asked for.
#[derive(Default)]
pub struct Params {
    /// The document's text.
    pub query: Option<String>,
    /// Which of the document's operations.
    pub operation_name: Option<String>,
    /// The variables.
    pub variables: Variables,
    /// `extensions.persistedQuery`.
    pub persisted: Option<Value>,
    /// The files of an upload.
    pub files: Option<Files>,
}

/// What one request holds.
pub enum Asked {
    /// One operation.
    One(Params),
    /// A list of operations, answered by a list.
    Batch(Vec<Params>),
}

/// As on the wire, each value of any kind, so that a wrong kind gets a sentence of its own.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default)]
    query: Value,
    #[serde(default)]
    operation_name: Value,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    extensions: Value,
}

impl Asked {
    /// From a JSON body: an object, or a list of objects.
    pub fn from_json(body: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        lexer::scan_json(body, limits.variable_values)?;
        let is_batch = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        if !is_batch {
            return Params::from_json(body, limits).map(Self::One);
        }
        let batch: Vec<&serde_json::value::RawValue> = serde_json::from_slice(body).map_err(|error| not_json(&error))?;
        if batch.is_empty() {
            return Err(Refusal::new(Code::BadRequest, "A batch must not be empty."));
        }
        hold("batch", count(batch.len()), limits.batch)?;
        let params = batch.iter().map(|raw| Params::from_json(raw.get().as_bytes(), limits));
        params.collect::<Result<_, _>>().map(Self::Batch)
    }
}

impl Params {
    /// From one JSON object.
    pub fn from_json(text: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        lexer::scan_json(text, limits.variable_values)?;
        Self::from_wire(serde_json::from_slice(text).map_err(|error| not_json(&error))?)
    }

    /// From a value already read.
    pub fn from_value(value: Value) -> Result<Self, Refusal> {
        let Value::Object(mut object) = value else {
            return Err(Refusal::new(Code::BadRequest, "An operation must be an object."));
        };
        let mut take = |name: &str| object.swap_remove(name).unwrap_or_default();
        let [query, operation_name, variables, extensions] = ["query", "operationName", "variables", "extensions"].map(&mut take);
        Self::from_wire(Wire { query, operation_name, variables, extensions })
    }

    /// From the query string of a GET.
    pub fn from_query_string(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut wire = Wire::default();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let slot = match decode(name)?.as_ref() {
                "query" => &mut wire.query,
                "operationName" => &mut wire.operation_name,
                name @ ("variables" | "extensions") => {
                    let text = decode(value)?;
                    let slot = if name == "variables" { &mut wire.variables } else { &mut wire.extensions };
                    if !text.is_empty() {
                        lexer::scan_json(text.as_bytes(), limits.variable_values)?;
                        *slot = serde_json::from_str(&text).map_err(|error| not_json(&error))?;
                    }
                    continue;
                }
                _ => continue,
            };
            let text = decode(value)?.into_owned();
            *slot = if text.is_empty() { Value::Null } else { Value::String(text) };
        }
        Self::from_wire(wire)
    }

    fn from_wire(wire: Wire) -> Result<Self, Refusal> {
        let persisted = match wire.extensions {
            Value::Null => None,
            Value::Object(mut extensions) => extensions.swap_remove("persistedQuery").filter(|value| *value != Value::Null),
            _ => return Err(wrong("extensions", "an object")),
        };
        let variables = match wire.variables {
            Value::Null => Variables::default(),
            variables @ Value::Object(_) => Variables::from_value(variables),
            _ => return Err(wrong("variables", "an object")),
        };
        let query = text("query", wire.query)?;
        if query.is_none() && persisted.is_none() {
            return Err(Refusal::new(Code::BadRequest, "The parameter `query` is required."));
        }
        Ok(Self { query, operation_name: text("operationName", wire.operation_name)?, variables, persisted, files: None })
    }
}

fn text(name: &str, value: Value) -> Result<Option<String>, Refusal> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => Err(wrong(name, "a string")),
    }
}

fn wrong(name: &str, kind: &str) -> Refusal {
    Refusal::new(Code::BadRequest, format!("The parameter `{name}` must be {kind}."))
}

pub(super) fn not_json(error: &serde_json::Error) -> Refusal {
    let message: String = error.to_string().chars().take(200).collect();
    Refusal::new(Code::BadRequest, format!("The request is not JSON as expected: {message}"))
}

fn decode(text: &str) -> Result<Cow<'_, str>, Refusal> {
    let wrong = |_| Refusal::new(Code::BadRequest, "The query string must be UTF-8.");
    let text = if text.contains('+') { Cow::Owned(text.replace('+', " ")) } else { Cow::Borrowed(text) };
    let decoded = percent_decode_str(&text).decode_utf8().map_err(wrong)?;
    Ok(Cow::Owned(decoded.into_owned()))
}
