//! JSON: names and values as people would note them, a line each. Values are passed on as they are parsed, so that none is kept.

use super::wire::Pages;
use super::{NoText, decode, lines::Lines};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::fs::File;
use std::io::Write;

/// The whole text as one page; what is no JSON is read as it stands.
pub(super) fn read(file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let text = decode::read(file, 4, pages)?;
    let mut lines = Lines::new(pages.room());
    if !says(&text, &mut lines) {
        lines = Lines::new(pages.room());
        lines.push_laid_out(&text);
    }
    pages.send(lines.take())
}

/// Adds the text of JSON, one value or several on lines of their own, to `lines`; answers whether it was all JSON, as far as there was room.
pub(super) fn says(text: &str, lines: &mut Lines) -> bool {
    let mut rest = text.trim_start();
    while !rest.is_empty() && !lines.is_full() {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Whole<'_>>();
        let Some(Ok(value)) = values.next() else { return false };
        let end = values.byte_offset();
        lines.line();
        if Said(lines).deserialize(&mut serde_json::Deserializer::from_str(value.0.get())).is_err() && !lines.is_full() {
            return false;
        }
        rest = rest[end..].trim_start();
    }
    true
}

/// A value as it is written.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Whole<'a>(#[serde(borrow)] &'a serde_json::value::RawValue);

/// Puts what a value says into the lines.
struct Said<'l>(&'l mut Lines);

impl<'de> DeserializeSeed<'de> for Said<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Said<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.push(if value { "true" } else { "false" });
        Ok(())
    }
    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push(&value.to_string());
        Ok(())
    }
    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push(&value.to_string());
        Ok(())
    }
    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.push(&value.to_string());
        Ok(())
    }
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.push(value);
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Said(self.0))?.is_some() {
            self.0.line();
        }
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        self.0.line();
        while let Some(name) = fields.next_key::<String>()? {
            self.0.push(&name);
            self.0.push(": ");
            fields.next_value_seed(Said(self.0))?;
            self.0.line();
        }
        Ok(())
    }
}
