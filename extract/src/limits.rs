//! How much a document may cost. One default per number; the parent hands them to its child.

use super::NoText;
use std::fs::Metadata;
use std::ops::RangeInclusive;
use std::time::Duration;

/// What reading one document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file that is opened at all, in bytes.
    pub file_bytes: u64,
    /// Most that is unpacked from a zipped document, in bytes.
    pub unpacked_bytes: u64,
    /// Most text handed back over all pages, in bytes of UTF-8; the rest is cut off. One of [`Self::TEXT_BYTES`].
    pub text_bytes: u32,
    /// Address space of the child beyond what it holds at its start, in bytes.
    pub memory_bytes: u64,
    /// Processor time of the child, in whole seconds.
    pub cpu_s: u64,
    /// Time by the clock from the start of the child to its last page.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            unpacked_bytes: 64 << 20,
            text_bytes: 4 << 20,
            memory_bytes: 512 << 20,
            cpu_s: 10,
            time: Duration::from_secs(20),
        }
    }
}

impl Limits {
    /// What [`Self::text_bytes`] may be: less would leave out what people look for, more does not fit the memory of a child.
    pub const TEXT_BYTES: RangeInclusive<u32> = 100_000..=64 << 20;

    /// The environment variable that carries the child's limits; the child's environment is otherwise empty.
    pub(super) const VARIABLE: &'static str = "HANSA_EXTRACT_LIMITS";

    /// Refuses a file for its size, or because it isn't a regular one (a pipe could block for ever).
    pub(super) fn admit(&self, about: &Metadata) -> Result<(), NoText> {
        match about {
            _ if !about.is_file() => Err(NoText::NotRun("not a regular file".to_owned())),
            _ if about.len() > self.file_bytes => Err(NoText::TooLarge),
            _ => Ok(()),
        }
    }

    /// The numbers the child needs, as text.
    pub(super) fn to_variable(self) -> String {
        format!("{} {} {} {} {}", self.file_bytes, self.unpacked_bytes, self.text_bytes, self.memory_bytes, self.cpu_s)
    }

    /// The limits written by [`Self::to_variable`]; `None` when the text is anything else.
    pub(super) fn from_variable(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse::<u64>);
        let mut next = || numbers.next()?.ok();
        let limits = Self {
            file_bytes: next()?,
            unpacked_bytes: next()?,
            text_bytes: u32::try_from(next()?).ok()?,
            memory_bytes: next()?,
            cpu_s: next()?,
            ..Self::default()
        };
        next().is_none().then_some(limits)
    }
}
