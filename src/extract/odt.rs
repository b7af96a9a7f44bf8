//! ODT: paragraphs, headings, lists, tables and notes where they stand. Comments, the numbers of
//! notes and text that tracked changes remember as deleted are left out.

use super::package::{Grammar, Package, Role};
use super::wire::Pages;
use super::{Limits, NoText, lines::Lines};
use std::fs::File;
use std::io::Write;

const GRAMMAR: Grammar = Grammar { role, spans_hold_text: false };

/// The whole text as one page.
pub(super) fn read(file: File, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut package = Package::open(file, limits.unpacked_bytes)?;
    if package.mentions("META-INF/manifest.xml", "encryption-data")? {
        return Err(NoText::Locked);
    }
    let mut lines = Lines::new(pages.room());
    package.walk("content.xml", &GRAMMAR, &mut lines)?;
    pages.send(lines.take())
}

fn role(name: &str) -> Role {
    match name {
        "p" => Role::Paragraph,
        "h" => Role::Heading,
        "table-cell" | "covered-table-cell" => Role::Cell,
        "table-row" => Role::Row,
        "s" | "tab" => Role::Space,
        "line-break" => Role::Break,
        "annotation" | "note-citation" | "tracked-changes" | "forms" | "scripts" | "automatic-styles" => Role::Skip,
        _ => Role::Other,
    }
}
