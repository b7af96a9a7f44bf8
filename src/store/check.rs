//! Whether a row may be saved: what is about to be saved, and the refusals it meets.
use super::{Links, join::Join};
use crate::base::{
    Code, Error, Refusal, Result,
    text::{camel, is_blank},
};

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

impl<R> Saving<'_, R> {
    /// Whether this is set or changed: what stays as it was is not judged again, so that a rule of today does not lock up a row of yesterday.
    pub fn sets<T: PartialEq>(&self, of: impl Fn(&R) -> T) -> bool {
        self.before.is_none_or(|before| of(before) != of(self.after))
    }

    /// What a join shall link the row to, where that is new or changes.
    pub fn links(&self, join: &'static Join) -> Option<&[uuid::Uuid]> {
        self.links.iter().find(|links| links.join == join).map(|links| &links.to[..])
    }
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
    fn what_was_so_before_is_not_judged_again() {
        let (before, after) = ((1, 2), (1, 3));
        let saving = Saving { before: Some(&before), after: &after, links: Vec::new() };
        assert!(!saving.sets(|row| row.0));
        assert!(saving.sets(|row| row.1));
        assert!(Saving { before: None, after: &after, links: Vec::new() }.sets(|row| row.0));
    }
}
