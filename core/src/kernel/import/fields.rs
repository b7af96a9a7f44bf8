//! What a record says beyond what its kind knows, and what it leaves unsaid.
use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::Line;
use crate::{
    base::{Result, meant, text::with_article},
    kernel::{Kinds, export::ExportContext},
    store::Reader,
};

/// Records of one kind that are read at once.
const TOGETHER: usize = 500;
/// What every line has, whatever its kind.
const OF_EVERY_LINE: [&str; 2] = ["kind", "old_slugs"];

/// Fields of which a record tells one, and what goes with them: where any of the first is told, none of the others is left from before.
#[derive(Clone, Copy, Debug)]
pub struct Alternatives {
    /// Of these a record tells one.
    pub of: &'static [&'static str],
    /// These belong to the one that was told.
    pub with: &'static [&'static str],
}

/// The fields of a record that nobody reads, each told in a sentence. `known` is the record as it was read, with all that its kind knows.
pub fn unknown(kind: &str, told: &Value, known: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(kind, "", told, known, &mut found);
    found
}

fn look(kind: &str, above: &str, told: &Value, known: &Value, found: &mut Vec<String>) {
    let below = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
    match (told, known) {
        (Value::Object(told), Value::Object(known)) => {
            for (name, value) in told {
                match known.get(name) {
                    None if above.is_empty() && OF_EVERY_LINE.contains(&name.as_str()) => {}
                    Some(known) => look(kind, &below(name), value, known, found),
                    None => {
                        let perhaps = meant(name, known.keys().map(String::as_str));
                        let perhaps = perhaps.map_or_else(String::new, |name| format!("; did you mean “{name}”?"));
                        let end = if perhaps.is_empty() { "." } else { "" };
                        found.push(format!("“{}” is not a field of {}{perhaps}{end}", below(name), with_article(kind)));
                    }
                }
            }
        }
        // A list that was read into another shape has its names from there.
        (Value::Array(told), Value::Array(known)) if told.len() == known.len() => {
            for (index, (told, known)) in told.iter().zip(known).enumerate() {
                look(kind, &below(&index.to_string()), told, known, found);
            }
        }
        _ => {}
    }
}

/// The lines with what they leave unsaid as it stands in the hub.
pub async fn kept(kinds: Kinds, reader: &Reader, mut lines: Vec<Line>) -> Result<Vec<Line>> {
    let reader = reader.at_this_moment().await?;
    let context = ExportContext::of(kinds, &reader).await?;
    for entry in kinds.iter() {
        let Some(importer) = entry.importer() else { continue };
        let ids: HashMap<String, Uuid> = reader.every_slug(entry.kind()).await?.into_iter().map(|(id, slug)| (slug, id)).collect();
        let mut there: Vec<(usize, Uuid)> = Vec::new();
        for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.kind == entry.kind() && line.record.is_ok()) {
            there.extend(ids.get(&line.slug).map(|id| (place, *id)));
        }
        for some in there.chunks(TOGETHER) {
            let ids: Vec<Uuid> = some.iter().map(|(_, id)| *id).collect();
            for ((place, _), before) in some.iter().zip(importer.records(&ids, &context).await?) {
                let Ok(raw) = &lines[*place].record else { continue };
                let (Value::Object(before), Ok(Value::Object(told))) = (before, serde_json::from_str(raw.get())) else { continue };
                let merged = serde_json::value::to_raw_value(&merged(before, told, importer.alternatives()))?;
                lines[*place].record = Ok(merged.into());
            }
        }
    }
    Ok(lines)
}

/// A record with what it leaves unsaid from the one before it. What is told as null is forgotten.
fn merged(mut before: Map<String, Value>, told: Map<String, Value>, alternatives: Option<Alternatives>) -> Map<String, Value> {
    if let Some(alternatives) = alternatives
        && alternatives.of.iter().any(|field| told.contains_key(*field))
    {
        before.retain(|field, _| !alternatives.of.iter().chain(alternatives.with).any(|other| other == field));
    }
    before.retain(|_, value| !value.is_null());
    before.extend(told);
    before
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(told: Value, known: Value) -> Vec<String> {
        unknown("practice", &told, &known)
    }

    #[test]
    fn a_field_that_nobody_reads_is_told_with_what_was_perhaps_meant() {
        let known =
            json!({ "slug": "s", "title": "T", "body": null, "themes": [], "money": [{ "amount": 1.0, "currency": "EUR", "what": null }] });
        assert!(found(json!({ "kind": "practice", "slug": "s", "old_slugs": ["r"], "title": "T" }), known.clone()).is_empty());
        assert_eq!(
            found(json!({ "slug": "s", "boddy": "B", "theme": [], "zzz": 1, "money": [{ "amount": 1, "curency": "EUR" }] }), known),
            [
                "“boddy” is not a field of a practice; did you mean “body”?",
                "“money.0.curency” is not a field of a practice; did you mean “currency”?",
                "“theme” is not a field of a practice; did you mean “themes”?",
                "“zzz” is not a field of a practice.",
            ]
        );
        // What has names of its own is free to.
        assert!(found(json!({ "labels": { "fr": "Eau" } }), json!({ "labels": { "fr": "Eau" } })).is_empty());
    }

    #[test]
    fn what_is_left_unsaid_stays_and_null_forgets() {
        let object = |value: Value| value.as_object().cloned().unwrap();
        let before = object(json!({ "title": "A", "summary": "B", "file": "f", "file_name": "n", "text": null }));
        let files = Alternatives { of: &["file", "text"], with: &["file_name"] };
        assert_eq!(
            Value::Object(merged(before.clone(), object(json!({ "title": "C", "summary": null })), Some(files))),
            json!({ "title": "C", "summary": null, "file": "f", "file_name": "n" })
        );
        assert_eq!(
            Value::Object(merged(before, object(json!({ "text": "words" })), Some(files))),
            json!({ "title": "A", "summary": "B", "text": "words" })
        );
    }
}
