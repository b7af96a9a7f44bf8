//! OpenDocument: paragraphs, headings, lists, tables and notes where they stand, then what stands in page headers and footers. A sheet
//! or a slide is a page. Comments, the numbers of notes and text that tracked changes remember as deleted are left out.

use super::package::{Grammar, Package, Role};
use super::wire::Pages;
use super::{Limits, NoText, lines::Lines};
use std::fs::File;
use std::io::Write;

/// Which of the programs wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Office {
    Text,
    Sheets,
    Slides,
}

/// A text as one page, sheets and slides as a page each.
pub(super) fn read(file: File, office: Office, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let grammar = match office {
        Office::Text => Grammar { role, spans_hold_text: false, names_pages: false },
        Office::Sheets => Grammar { role: of_sheets, spans_hold_text: false, names_pages: true },
        Office::Slides => Grammar { role: of_slides, spans_hold_text: false, names_pages: false },
    };
    let mut package = Package::open(file, limits.unpacked_bytes)?;
    if package.mentions("META-INF/manifest.xml", "encryption-data")? {
        return Err(NoText::Locked);
    }
    let mut lines = Lines::new(pages.room());
    package.walk("content.xml", &grammar, &mut lines)?;
    if office == Office::Text {
        // Paragraphs of the styles are those of page headers and footers.
        if package.has("styles.xml") {
            lines.paragraph();
            package.walk("styles.xml", &grammar, &mut lines)?;
        }
        return pages.send(lines.take());
    }
    // Nothing stands before the first sheet or slide.
    for page in lines.take_pages().into_iter().skip(1) {
        pages.send(page)?;
    }
    Ok(())
}

fn role(name: &str) -> Role {
    match name {
        "p" => Role::Paragraph,
        "h" => Role::Heading,
        "table-cell" | "covered-table-cell" => Role::Cell,
        "table-row" => Role::Row,
        "s" | "tab" => Role::Space,
        "line-break" => Role::Break,
        "title" | "desc" => Role::Aside,
        "annotation" | "note-citation" | "tracked-changes" | "forms" | "scripts" | "automatic-styles" => Role::Skip,
        _ => Role::Other,
    }
}

fn of_sheets(name: &str) -> Role {
    if name == "table" { Role::Page } else { role(name) }
}

fn of_slides(name: &str) -> Role {
    match name {
        "page" => Role::Page,
        // What a field shows is the same on each slide: its number, the day.
        "page-number" | "date" | "time" => Role::Skip,
        _ => role(name),
    }
}
