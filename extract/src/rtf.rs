//! RTF: the body, then foot- and endnotes, headers and footers, in whatever code pages; hidden text is left out.

use super::wire::Pages;
use super::{NoText, lines::Lines};
use rtf_parser_tt::RtfDocument;
use std::fs::File;
use std::io::{Read, Write};

/// The whole text as one page.
pub(super) fn read(mut file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| NoText::NotRun(error.to_string()))?;
    // The library takes nothing before the first brace.
    let begin = bytes.iter().position(|byte| *byte == b'{').unwrap_or(0);
    let document = RtfDocument::from_bytes(&bytes[begin..]).map_err(NoText::broken)?;
    let mut lines = Lines::new(pages.room());
    lines.push_laid_out(&document.get_text());
    pages.send(lines.take())
}
