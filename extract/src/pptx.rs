//! PPTX: slides in the order in which they are shown, a page each, with the text of their diagrams and charts and what the speaker notes.

use super::package::{Grammar, Package, Role};
use super::wire::Pages;
use super::{Limits, NoText, lines::Lines};
use std::fs::File;
use std::io::Write;

const GRAMMAR: Grammar = Grammar { role, spans_hold_text: true, names_pages: false };

/// A slide's text, then that of the parts it brings.
pub(super) fn read(file: File, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut package = Package::open(file, limits.unpacked_bytes)?;
    let show = package.relations("")?.into_iter().find(|to| to.kind.ends_with("/officeDocument") && package.has(&to.target));
    let show = show.map(|to| to.target).or_else(|| package.find("ppt/presentation", ".xml"));
    let show = show.ok_or_else(|| NoText::broken("the presentation has no list of slides"))?;
    let mut order = Vec::new();
    package.tags(&show, |tag| {
        if tag.local_name().as_ref() == "sldId" {
            // Both attributes are called “id”; the one of the relation has a prefix.
            let mut attributes = tag.attributes();
            let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
            let relation = attributes.find(|attribute| attribute.key.as_ref().ends_with(":id"));
            order.extend(relation.map(|attribute| attribute.value.to_string()));
        }
    })?;
    let related = package.relations(&show)?;
    for id in order {
        if pages.is_full() {
            pages.truncate();
            break;
        }
        let Some(slide) = related.iter().find(|to| to.id == id).filter(|to| package.has(&to.target)) else { continue };
        let mut lines = Lines::new(pages.room());
        package.walk(&slide.target, &GRAMMAR, &mut lines)?;
        for part in package.relations(&slide.target)? {
            let is_text = ["/notesSlide", "/diagramData", "/chart"].iter().any(|kind| part.kind.ends_with(kind));
            if is_text && package.has(&part.target) {
                lines.paragraph();
                package.walk(&part.target, &GRAMMAR, &mut lines)?;
            }
        }
        pages.send(lines.take())?;
    }
    Ok(())
}

fn role(name: &str) -> Role {
    match name {
        // `v` holds the values of charts.
        "t" | "v" => Role::Span,
        "p" => Role::Paragraph,
        "tc" => Role::Cell,
        "tr" => Role::Row,
        "tab" | "pt" => Role::Space,
        "br" => Role::Break,
        // Fields tell the slide's number and the day.
        "fld" | "pPr" | "rPr" | "Fallback" => Role::Skip,
        _ => Role::Other,
    }
}
