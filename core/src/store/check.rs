//! Whether a row may be saved: what is about to be saved, and the refusals it meets.
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::{Links, join::Join};
use crate::base::{
    Code, Error, Refusal, Result,
    date::is_to_come,
    text::{camel, fits_line, is_blank},
};

/// Columns, of whatever kind, that are made of others to find things by: what is wrong with them is refused with what they are made of.
const DERIVED: [&str; 2] = ["folded", "names"];

/// How whoever saves names fields: refusals name them alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Surface {
    /// A mutation: `input.startedOn`.
    #[default]
    Mutation,
    /// A record of an import: `started_on`.
    Record,
}

impl Surface {
    /// The name of a field, which is given as records have it.
    pub fn name(self, field: &str) -> String {
        match self {
            Self::Record => field.to_owned(),
            Self::Mutation => camel(field),
        }
    }

    /// The place of a field in what was sent.
    pub fn path(self, field: &str) -> String {
        match self {
            Self::Record => field.to_owned(),
            Self::Mutation => format!("input.{}", camel(field)),
        }
    }
}

/// What is about to be saved.
pub struct Saving<'a, R> {
    /// The row as it is; none for a new one.
    pub before: Option<&'a R>,
    /// The row as it shall be.
    pub after: &'a R,
    /// The links that are new or change.
    pub(super) links: Vec<&'a Links>,
}

impl<'a, R> Saving<'a, R> {
    /// A row, without links that change.
    pub const fn of(before: Option<&'a R>, after: &'a R) -> Self {
        Self { before, after, links: Vec::new() }
    }

    /// Whether this is set or changed: what stays as it was is not judged again, so that a rule of today does not lock up a row of yesterday.
    pub fn sets<T: PartialEq>(&self, of: impl Fn(&R) -> T) -> bool {
        self.before.is_none_or(|before| of(before) != of(self.after))
    }

    /// What a join shall link the row to, where that is new or changes.
    pub fn links(&self, join: &'static Join) -> Option<&[uuid::Uuid]> {
        self.links.iter().find(|links| links.join == join).map(|links| &links.to[..])
    }
}

/// The refusal of the first letter that has no place in a single line.
pub fn in_line(path: &str, name: &str, text: &str) -> Option<Refusal> {
    let (place, letter) = text.chars().enumerate().find(|(_, letter)| !fits_line(*letter))?;
    let message =
        format!("“{name}” is a single line, and its character {} is a control (U+{:04X}); take it out.", place + 1, u32::from(letter));
    Some(Refusal::new(Code::BadInput, path, message))
}

/// Whether there may be a letter in a text of this JSON that has no place in it: as it stands, or escaped.
fn may_be_unfit(json: &str) -> bool {
    let escaped = |pair: &[u8]| pair[0] == b'\\' && matches!(pair[1], b'b' | b'f' | b'n' | b'r' | b't' | b'u');
    json.as_bytes().windows(2).any(escaped) || json.chars().any(|letter| !fits_line(letter))
}

/// Why a row may not be saved; none where it may.
#[derive(Debug, Default)]
pub struct Refusals {
    surface: Surface,
    list: Vec<Refusal>,
}

impl Refusals {
    /// No refusals yet, for fields as this surface names them.
    pub const fn new(surface: Surface) -> Self {
        Self { surface, list: Vec::new() }
    }

    /// The name of a field in a sentence.
    pub fn name(&self, field: &str) -> String {
        self.surface.name(field)
    }

    /// A field that mutations and records call by different names.
    pub const fn either<'n>(&self, mutation: &'n str, record: &'n str) -> &'n str {
        match self.surface {
            Surface::Mutation => mutation,
            Surface::Record => record,
        }
    }

    /// Refuses a field where a condition holds.
    pub fn refuse_if(&mut self, condition: bool, code: Code, field: &str, message: impl Into<String>) {
        if condition {
            self.list.push(Refusal::new(code, self.surface.path(field), message));
        }
    }

    /// Refuses a text that is longer than `longest` characters.
    pub fn too_long(&mut self, field: &str, text: Option<&str>, longest: usize) {
        let length = text.map_or(0, |text| text.chars().count());
        let message = format!("“{}” has {length} characters; at most {longest} are allowed.", self.name(field));
        self.refuse_if(length > longest, Code::TooLong, field, message);
    }

    /// Refuses a name that is missing, blank, or longer than `longest` characters.
    pub fn named(&mut self, field: &str, name: &str, longest: usize) {
        self.required(field, name);
        self.too_long(field, Some(name), longest);
    }

    /// Refuses to have a day told on which something happened while it is still to come.
    pub fn still_to_come(&mut self, field: &str, day: Option<Date>, today: Date) {
        let is_to_come = day.is_some_and(|day| is_to_come(day, today));
        self.refuse_if(is_to_come, Code::BadInput, field, "A day that is still to come can't be told; tell it when it is there.");
    }

    /// Refuses a last day before the first one: each by its name and where it stands, where one of them is new or changes.
    pub fn days<R>(&mut self, saving: &Saving<'_, R>, first: (&str, fn(&R) -> Option<&Date>), last: (&str, fn(&R) -> Option<&Date>)) {
        let both = |row: &R| (first.1(row).copied(), last.1(row).copied());
        let is_late = matches!(both(saving.after), (Some(from), Some(to)) if from > to);
        let message = format!("“{}” lies before “{}”.", self.name(last.0), self.name(first.0));
        self.refuse_if(is_late && saving.sets(both), Code::BadInput, last.0, message);
    }

    /// Refuses controls in a single line.
    pub fn one_line(&mut self, field: &str, text: &str) {
        self.list.extend(in_line(&self.surface.path(field), &self.name(field), text));
    }

    /// Refuses controls in all single lines of a row that are new or change: whatever is not one of its paragraphs.
    pub(super) fn lines<R: Serialize>(&mut self, before: Option<&R>, after: &R, paragraphs: &[&str]) -> Result<()> {
        // Most rows have none anywhere, and are looked through as they stand.
        if may_be_unfit(&serde_json::to_string(after)?) {
            let before = before.map(serde_json::to_value).transpose()?;
            self.lines_below("", before.as_ref(), &serde_json::to_value(after)?, paragraphs);
        }
        Ok(())
    }

    fn lines_below(&mut self, at: &str, before: Option<&Value>, after: &Value, paragraphs: &[&str]) {
        if before == Some(after) {
            return;
        }
        let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
        match after {
            Value::String(text) => self.one_line(at, text),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let place = below(&index.to_string());
                    self.lines_below(&place, before.and_then(|list| list.get(index)), item, paragraphs);
                }
            }
            Value::Object(fields) => {
                let lines = fields.iter().filter(|(name, _)| !paragraphs.contains(&name.as_str()) && !DERIVED.contains(&name.as_str()));
                for (name, value) in lines {
                    self.lines_below(&below(name), before.and_then(|fields| fields.get(name)), value, paragraphs);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Refuses a list of more than `most` items.
    pub fn too_many(&mut self, field: &str, count: usize, most: usize) {
        let message = format!("“{}” has {count} items; at most {most} are allowed.", self.name(field));
        self.refuse_if(count > most, Code::TooLong, field, message);
    }

    /// Refuses a text that is missing or blank.
    pub fn required(&mut self, field: &str, text: &str) {
        let message = format!("“{}” is empty; write one.", self.name(field));
        self.refuse_if(is_blank(text), Code::Required, field, message);
    }

    /// Takes the refusal of a rule that stands elsewhere.
    pub fn take(&mut self, done: Result<()>) -> Result<()> {
        match done {
            Err(Error::Refused(refusals)) => self.list.extend(refusals),
            other => other?,
        }
        Ok(())
    }

    /// The place of a field in what was sent.
    pub fn path(&self, field: &str) -> String {
        self.surface.path(field)
    }

    /// Refuses, where there is anything to refuse.
    pub fn end(self) -> Result<()> {
        if self.list.is_empty() { Ok(()) } else { Err(Error::Refused(self.list)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_as_whoever_sent_it_names_it() {
        assert_eq!(Surface::Mutation.path("started_on"), "input.startedOn");
        assert_eq!(Surface::Mutation.path("money.0.currency"), "input.money.0.currency");
        assert_eq!(Surface::Record.path("started_on"), "started_on");
    }

    #[test]
    fn single_lines_have_no_controls_and_paragraphs_may() {
        let row =
            |name: &str| serde_json::json!({ "name": name, "folded": name, "description": "one\ntwo", "aliases": [{ "name": "a\tb" }] });
        let mut refusals = Refusals::new(Surface::Mutation);
        refusals.lines(None, &row("Eve\r\nBcc: x"), &["description"]).expect("JSON");
        let told: Vec<_> = refusals.list.iter().map(|refusal| (refusal.path.as_str(), refusal.code)).collect();
        assert_eq!(told, [("input.aliases.0.name", Code::BadInput), ("input.name", Code::BadInput)]);
        assert_eq!(refusals.list[1].message, "“name” is a single line, and its character 4 is a control (U+000D); take it out.");
        // What stood there before is not judged again.
        let mut refusals = Refusals::new(Surface::Mutation);
        refusals.lines(Some(&row("Eve")), &row("Ada\u{85}"), &["description"]).expect("JSON");
        assert_eq!(refusals.list.len(), 1);
    }

    #[test]
    fn no_name_turns_the_direction_of_writing() {
        let row = serde_json::json!({ "name": "Ada \u{202e}nohtyP", "description": "\u{2067}עיר\u{2069}\u{b}" });
        let mut refusals = Refusals::new(Surface::Record);
        refusals.lines(None, &row, &["description"]).expect("JSON");
        let told: Vec<_> = refusals.list.iter().map(|refusal| refusal.message.as_str()).collect();
        assert_eq!(told, ["“name” is a single line, and its character 5 is a control (U+202E); take it out."]);
    }

    #[test]
    fn what_was_so_before_is_not_judged_again() {
        let (before, after) = ((1, 2), (1, 3));
        let saving = Saving { before: Some(&before), after: &after, links: Vec::new() };
        assert!(!saving.sets(|row| row.0));
        assert!(saving.sets(|row| row.1));
        assert!(Saving { before: None, after: &after, links: Vec::new() }.sets(|row| row.0));
    }
}
