//! DOCX: paragraphs, headings and tables of the body, then foot- and endnotes, then what stands in page headers and footers, once
//! however many pages repeat it. Comments, and text marked as deleted or as moved away, are left out.

use super::package::{Grammar, Package, Role};
use super::wire::Pages;
use super::{Limits, NoText, lines::Lines};
use std::fs::File;
use std::io::Write;

const GRAMMAR: Grammar = Grammar { role, spans_hold_text: true, names_pages: false };

/// The whole text as one page.
pub(super) fn read(file: File, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut package = Package::open(file, limits.unpacked_bytes)?;
    let body = package.relations("")?.into_iter().find(|to| to.kind.ends_with("/officeDocument") && package.has(&to.target));
    let body = body.map(|to| to.target).or_else(|| package.find("word/document", ".xml"));
    let body = body.ok_or_else(|| NoText::broken("the document has no body"))?;
    let mut lines = Lines::new(pages.room());
    package.walk(&body, &GRAMMAR, &mut lines)?;
    let related = package.relations(&body)?;
    let of_kind = |kinds: &[&str], usual: &[&str]| -> Vec<String> {
        let named = related.iter().filter(|to| kinds.iter().any(|kind| to.kind.ends_with(kind))).map(|to| to.target.clone());
        let mut parts: Vec<String> = named.chain(usual.iter().map(|part| (*part).to_owned())).filter(|part| package.has(part)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    };
    let notes = of_kind(&["/footnotes", "/endnotes"], &["word/footnotes.xml", "word/endnotes.xml"]);
    let margins = of_kind(&["/header", "/footer"], &[]);
    for part in notes {
        lines.paragraph();
        package.walk(&part, &GRAMMAR, &mut lines)?;
    }
    let mut said: Vec<String> = Vec::new();
    for part in margins {
        let text = package.text_of(&part, &GRAMMAR, pages.room())?;
        if !said.contains(&text) {
            lines.paragraph();
            lines.push_laid_out(&text);
            said.push(text);
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
        "noBreakHyphen" => Role::Says("-"),
        "sym" => Role::Symbol,
        // Properties name tab stops; a fallback repeats the drawing before it; what was moved is read where it is now.
        "pPr" | "rPr" | "Fallback" | "moveFrom" => Role::Skip,
        _ => Role::Other,
    }
}
