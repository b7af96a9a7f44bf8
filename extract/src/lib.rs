//! Text of documents, read so that a hostile file can't crash, hang or bloat the hub.
//!
//! A file is only ever parsed in a child process: this same program, started anew by [`Extractor`]
//! with the hidden subcommand `extract-text`, whose body is [`child_main`]. The child opens one file,
//! gives up its rights to memory, processor time, further files and further processes, and writes
//! pages to its standard output; the parent counts what it reads and ends the child when time is up.
//! What the child can't be trusted with (who may start, how long, how much) the parent decides.
//!
//! Reading order: `extractor` (the parent) → `child` → one file per format (`pdf`, `docx`, `odf`, `pptx`, `xlsx`, `epub`, `rtf`,
//! `html`, `markdown`, `json`, `plain`, and `ole` for what is locked) → what they share (`package`, `decode`, `lines`, `wire`).
//! [`media_type`] is apart from all this: it looks at a few bytes, parses no more than the directory of a zip and the beginning of a
//! part or two, and may run anywhere.
//!
//! Invariant: no format file is called in the hub's own process; only [`child_main`] and unit tests do.
//! Invariant: every reader stops at a number of [`Limits`]; none trusts a size written in the file.
//! Absent on purpose: no optical character recognition, no passwords, no network, no temporary files.

mod child;
mod decode;
mod directory;
mod docx;
mod epub;
mod extractor;
mod html;
mod json;
mod limits;
mod lines;
mod markdown;
mod odf;
mod ole;
mod package;
mod pdf;
mod plain;
mod pptx;
mod rtf;
mod sniff;
mod wire;
mod xlsx;

#[cfg(test)]
mod tests;

pub use child::child_main;
pub use decode::text_encoding;
pub use extractor::Extractor;
pub use limits::Limits;
pub use sniff::{HEAD_BYTES, is_zip, media_type};

/// The text of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extraction {
    /// The text, page by page in reading order; a single entry for formats without pages.
    /// A page without text (a scan, a drawing) is an empty string, so that page numbers stay right.
    /// Lines end in `\n`; runs of white space are one space; there is at most one empty line in a row.
    pub pages: Vec<String>,
    /// True when this isn't all of the text: a limit was reached, a page could not be read, or more than a tenth of the letters.
    pub truncated: bool,
    /// How many pages show letters of which none could be read.
    pub unread_pages: u32,
    /// How many pages show pictures or drawings and no letters, as those of a scan.
    pub picture_pages: u32,
    /// The encoding in which a text file was read, by its name in the Encoding Standard.
    pub encoding: Option<String>,
}

/// A text that is at hand and needs no reader, tidied as those that are read: at most `most` bytes of it, as one page.
/// Linear in its length, so it may run anywhere.
pub fn plain_text(text: &str, most: usize) -> Extraction {
    let mut lines = lines::Lines::new(most);
    lines.push_laid_out(text);
    let (page, truncated) = lines.take();
    Extraction { pages: vec![page], truncated, encoding: Some("UTF-8".to_owned()), ..Extraction::default() }
}

/// Why there is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoText {
    /// This media type is not one text is extracted from.
    Unsupported,
    /// The document is locked with a password.
    Locked,
    /// The file, what it unpacks to, or the memory its reading takes is more than [`Limits`] allow.
    TooLarge,
    /// Reading took more time than [`Limits`] allow, and no page was done by then.
    TooLong,
    /// The file is not what its media type says, or is damaged. The sentence (at most 200 characters)
    /// is for the log: it may quote the document.
    Broken(String),
    /// Not the document's fault: the file could not be opened or the child not be started.
    NotRun(String),
}

impl NoText {
    /// A stable name for storing and counting: `UNSUPPORTED`, `LOCKED`, `TOO_LARGE`, `TOO_LONG`,
    /// `BROKEN` or `NOT_RUN`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsupported => "UNSUPPORTED",
            Self::Locked => "LOCKED",
            Self::TooLarge => "TOO_LARGE",
            Self::TooLong => "TOO_LONG",
            Self::Broken(_) => "BROKEN",
            Self::NotRun(_) => "NOT_RUN",
        }
    }

    /// A [`NoText::Broken`] with its sentence cleaned and cut to size.
    fn broken(why: impl std::fmt::Display) -> Self {
        let mut lines = lines::Lines::new(200);
        lines.push(&why.to_string());
        Self::Broken(lines.take().0)
    }
}

/// The formats text is extracted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pdf,
    Docx,
    Pptx,
    Xlsx,
    OpenDocument(odf::Office),
    Epub,
    Rtf,
    Html,
    Markdown,
    Json,
    Plain,
    Ole,
}

impl Format {
    /// The format of a media type; parameters (`; charset=…`) are ignored.
    fn of(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        Some(match essence.strip_suffix("-template").unwrap_or(essence) {
            "application/pdf" => Self::Pdf,
            sniff::DOCX => Self::Docx,
            sniff::PPTX => Self::Pptx,
            sniff::XLSX => Self::Xlsx,
            sniff::ODT => Self::OpenDocument(odf::Office::Text),
            sniff::ODS => Self::OpenDocument(odf::Office::Sheets),
            sniff::ODP => Self::OpenDocument(odf::Office::Slides),
            sniff::EPUB => Self::Epub,
            sniff::OLE => Self::Ole,
            "application/rtf" => Self::Rtf,
            "text/html" => Self::Html,
            "text/markdown" => Self::Markdown,
            "application/json" => Self::Json,
            "text/plain" | "text/csv" | "text/tab-separated-values" => Self::Plain,
            _ => return None,
        })
    }
}
