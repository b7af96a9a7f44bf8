//! DOCX: paragraphs, headings and tables of the body, then foot- and endnotes. Page headers, which
//! repeat, comments and text marked as deleted are left out.

use super::package::{Grammar, Package, Role};
use super::wire::Pages;
use super::{Limits, NoText, lines::Lines};
use std::fs::File;
use std::io::Write;

const GRAMMAR: Grammar = Grammar { role, spans_hold_text: true };

/// The whole text as one page.
pub(super) fn read(file: File, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut package = Package::open(file, limits.unpacked_bytes)?;
    let body = package.find("word/document", ".xml").ok_or_else(|| NoText::broken("the document has no body"))?;
    let mut lines = Lines::new(pages.room());
    package.walk(&body, &GRAMMAR, &mut lines)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if package.find(notes, "").is_some() {
            lines.paragraph();
            package.walk(notes, &GRAMMAR, &mut lines)?;
        }
    }
    pages.send(lines.take())
}

fn role(name: &str) -> Role {
    match name {
        "t" => Role::Span,
        "p" => Role::Paragraph,
        "tc" => Role::Cell,
        "tr" => Role::Row,
        "tab" | "ptab" => Role::Space,
        "br" | "cr" => Role::Break,
        // Properties name tab stops; a fallback repeats the drawing before it.
        "pPr" | "rPr" | "Fallback" => Role::Skip,
        _ => Role::Other,
    }
}
