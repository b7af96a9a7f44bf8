//! Zipped XML, as the documents of office programs are: opening it, how its parts refer to each other, and walking the elements of a
//! part with a small grammar.
//!
//! Entities are never expanded and a document type definition is refused; elements are counted,
//! not kept, so depth costs nothing; one budget of unpacked bytes serves all parts.

use super::{NoText, lines::Lines};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
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
    /// Holds text of its own within a paragraph or beside it: what is said of a picture.
    Aside,
    /// A cell of a table, a row of cells.
    Cell,
    Row,
    /// A page of its own; [`Grammar::names_pages`] says whether its name is text.
    Page,
    /// A tab or spaces; a line's end.
    Space,
    Break,
    /// A character that the element stands for; one that its attribute `char` tells.
    Says(&'static str),
    Symbol,
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
    /// True when a page's attribute `name` is a title that people see.
    pub names_pages: bool,
}

/// A zipped document and what may still be unpacked from it.
pub(super) struct Package {
    zip: ZipArchive<BufReader<File>>,
    left: u64,
}

/// A part that another one refers to.
pub(super) struct Relation {
    pub id: String,
    pub kind: String,
    /// The part's name.
    pub target: String,
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

    /// Whether there is a part of this name.
    pub fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// A part as it is; none where there is no such part.
    pub fn read(&mut self, part: &str) -> Result<Option<Vec<u8>>, NoText> {
        if !self.has(part) {
            return Ok(None);
        }
        let entry = self.zip.by_name(part).map_err(unzipped)?;
        let mut bytes = Vec::new();
        Budget { from: entry, left: &mut self.left }.read_to_end(&mut bytes).map_err(unread)?;
        Ok(Some(bytes))
    }

    /// True when a part of this name, read as text, contains `needle`. Absent parts contain nothing.
    pub fn mentions(&mut self, part: &str, needle: &str) -> Result<bool, NoText> {
        let text = self.read(part)?.unwrap_or_default();
        Ok(text.windows(needle.len()).any(|window| window == needle.as_bytes()))
    }

    /// The start tags of a part, as `each` takes them; none where there is no such part.
    pub fn tags(&mut self, part: &str, mut each: impl FnMut(&BytesStart<'_>)) -> Result<(), NoText> {
        let Some(bytes) = self.read(part)? else { return Ok(()) };
        let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
        loop {
            match reader.read_event().map_err(unparsed)? {
                Event::Eof => return Ok(()),
                Event::Start(tag) | Event::Empty(tag) => each(&tag),
                _ => {}
            }
        }
    }

    /// What a part of an Open Packaging document refers to within it; of the whole document for an empty name.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, NoText> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let list = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let mut found = Vec::new();
        self.tags(&list, |tag| {
            let is_inside = attribute(tag, "TargetMode").is_none_or(|mode| mode != "External");
            if tag.local_name().as_ref() == "Relationship"
                && is_inside
                && let (Some(id), Some(kind), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
            {
                found.push(Relation { id, kind, target: resolved(folder, &target) });
            }
        })?;
        Ok(found)
    }

    /// Adds the text of one part to `lines`.
    pub fn walk(&mut self, part: &str, grammar: &Grammar, lines: &mut Lines) -> Result<(), NoText> {
        let entry = self.zip.by_name(part).map_err(unzipped)?;
        let budget = Budget { from: entry, left: &mut self.left };
        Walk { grammar, lines, holding: 0, skipped: 0, cells: 0 }.run(BufReader::new(budget))
    }

    /// The text of one part, at most `room` bytes of it.
    pub fn text_of(&mut self, part: &str, grammar: &Grammar, room: usize) -> Result<String, NoText> {
        let mut lines = Lines::new(room);
        self.walk(part, grammar, &mut lines)?;
        Ok(lines.take().0)
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
}

/// The name of the part that `target` names in a part of `folder`.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
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
                Event::Start(tag) => self.start(&tag),
                Event::End(tag) => self.end((self.grammar.role)(tag.local_name().as_ref())),
                Event::Empty(tag) if self.skipped == 0 => {
                    self.start(&tag);
                    self.end((self.grammar.role)(tag.local_name().as_ref()));
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

    fn start(&mut self, tag: &BytesStart<'_>) {
        let role = (self.grammar.role)(tag.local_name().as_ref());
        if self.skipped > 0 || role == Role::Skip {
            self.skipped += 1;
            return;
        }
        match role {
            Role::Cell => self.cells += 1,
            Role::Break if self.cells == 0 => self.lines.line(),
            Role::Space | Role::Break => self.lines.space(),
            Role::Says(text) => self.lines.push(text),
            Role::Symbol => {
                let symbol = attribute(tag, "char").and_then(|code| symbol(&code));
                self.lines.push(symbol.unwrap_or(' ').encode_utf8(&mut [0; 4]));
            }
            Role::Page => {
                self.lines.page();
                if self.grammar.names_pages {
                    self.lines.push(&attribute(tag, "name").unwrap_or_default());
                    self.lines.line();
                }
            }
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
            Role::Aside => self.lines.space(),
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
        role == Role::Aside
            || if self.grammar.spans_hold_text { role == Role::Span } else { matches!(role, Role::Paragraph | Role::Heading) }
    }
}

/// A character by its number in hex. Fonts of symbols number theirs from F000, where Unicode has no characters: of these nothing is known.
fn symbol(code: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(code, 16).ok()?).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c))
}

pub(super) fn unzipped(error: ZipError) -> NoText {
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
