//! Zipped XML, as DOCX and ODT are: opening it, and walking its elements with a small grammar.
//!
//! Entities are never expanded and a document type definition is refused; elements are counted,
//! not kept, so depth costs nothing; one budget of unpacked bytes serves all parts.

use super::{NoText, lines::Lines};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// What an element means for the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Holds text and stands on lines of its own.
    Paragraph,
    /// Like a paragraph, with an empty line before and after.
    Heading,
    /// Holds text in a paragraph of a grammar with [`Grammar::spans_hold_text`].
    Span,
    /// A cell of a table, a row of cells.
    Cell,
    Row,
    /// A tab or spaces; a line's end.
    Space,
    Break,
    /// Nothing inside is read.
    Skip,
    /// Says nothing by itself.
    Other,
}

/// How a kind of document writes its text.
pub(super) struct Grammar {
    /// The role of an element, by its name without prefix.
    pub role: fn(&str) -> Role,
    /// True when text stands in spans only, false when all text of a paragraph counts.
    pub spans_hold_text: bool,
}

/// A zipped document and what may still be unpacked from it.
pub(super) struct Package {
    zip: ZipArchive<BufReader<File>>,
    left: u64,
}

impl Package {
    /// Opens a zipped document of which at most `unpacked_bytes` will be unpacked.
    pub fn open(file: File, unpacked_bytes: u64) -> Result<Self, NoText> {
        Ok(Self { zip: ZipArchive::new(BufReader::new(file)).map_err(unzipped)?, left: unpacked_bytes })
    }

    /// The first part whose name begins and ends so.
    pub fn find(&self, begin: &str, end: &str) -> Option<String> {
        let mut names = self.zip.file_names().filter_map(Result::ok);
        names.find(|name| name.starts_with(begin) && name.ends_with(end)).map(Cow::into_owned)
    }

    /// True when a part of this name, read as text, contains `needle`. Absent parts contain nothing.
    pub fn mentions(&mut self, part: &str, needle: &str) -> Result<bool, NoText> {
        let mut text = Vec::new();
        match self.zip.by_name(part) {
            Ok(entry) => Budget { from: entry, left: &mut self.left }.read_to_end(&mut text).map_err(unread)?,
            Err(_) => return Ok(false),
        };
        Ok(text.windows(needle.len()).any(|window| window == needle.as_bytes()))
    }

    /// Adds the text of one part to `lines`.
    pub fn walk(&mut self, part: &str, grammar: &Grammar, lines: &mut Lines) -> Result<(), NoText> {
        let entry = self.zip.by_name(part).map_err(unzipped)?;
        let budget = Budget { from: entry, left: &mut self.left };
        Walk { grammar, lines, holding: 0, skipped: 0, cells: 0 }.run(BufReader::new(budget))
    }
}

/// A reader that fails, rather than ends, when the budget is used up.
struct Budget<'a, R> {
    from: R,
    left: &'a mut u64,
}

impl<R: Read> Read for Budget<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => *self.left = left,
            None => return Err(io::ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}

struct Walk<'a> {
    grammar: &'a Grammar,
    lines: &'a mut Lines,
    /// Open elements that hold text, skipped elements, open cells.
    holding: u64,
    skipped: u64,
    cells: u64,
}

impl Walk<'_> {
    fn run(mut self, from: impl BufRead) -> Result<(), NoText> {
        let mut reader = quick_xml::Reader::from_reader(from);
        let mut buffer = Vec::new();
        while !self.lines.is_full() {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(unparsed)? {
                Event::Eof => break,
                Event::DocType(_) => {
                    return Err(NoText::broken("the document brings a document type definition"));
                }
                Event::Start(tag) => self.start((self.grammar.role)(tag.local_name().as_ref())),
                Event::End(tag) => self.end((self.grammar.role)(tag.local_name().as_ref())),
                Event::Empty(tag) if self.skipped == 0 => {
                    let role = (self.grammar.role)(tag.local_name().as_ref());
                    self.start(role);
                    self.end(role);
                }
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(c)) => self.text(c.encode_utf8(&mut [0; 4])),
                    _ => self.text(resolve_predefined_entity(&name).unwrap_or_default()),
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn start(&mut self, role: Role) {
        if self.skipped > 0 || role == Role::Skip {
            self.skipped += 1;
            return;
        }
        match role {
            Role::Cell => self.cells += 1,
            Role::Break if self.cells == 0 => self.lines.line(),
            Role::Space | Role::Break => self.lines.space(),
            _ => self.gap(role),
        }
        self.holding += u64::from(self.holds_text(role));
    }

    fn end(&mut self, role: Role) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if role == Role::Cell {
            self.cells = self.cells.saturating_sub(1);
        }
        self.gap(role);
        self.holding = self.holding.saturating_sub(u64::from(self.holds_text(role)));
    }

    /// Blocks stand on their own lines, except inside a cell: a row stays one line.
    fn gap(&mut self, role: Role) {
        match role {
            Role::Cell => self.lines.cell(),
            Role::Paragraph | Role::Heading | Role::Row if self.cells > 0 => self.lines.space(),
            Role::Paragraph | Role::Row => self.lines.line(),
            Role::Heading => self.lines.paragraph(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.holding > 0 && self.skipped == 0 {
            self.lines.push(text);
        }
    }

    fn holds_text(&self, role: Role) -> bool {
        if self.grammar.spans_hold_text { role == Role::Span } else { matches!(role, Role::Paragraph | Role::Heading) }
    }
}

fn unzipped(error: ZipError) -> NoText {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => NoText::Locked,
        ZipError::FileNotFound => NoText::broken("the document has no text part"),
        error => NoText::broken(error),
    }
}

fn unread(error: io::Error) -> NoText {
    if error.kind() == io::ErrorKind::FileTooLarge { NoText::TooLarge } else { NoText::broken(error) }
}

fn unparsed(error: quick_xml::Error) -> NoText {
    match error {
        quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => NoText::TooLarge,
        error => NoText::broken(error),
    }
}
