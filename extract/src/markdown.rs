//! Markdown: its text without markup. Front matter and code are text, link targets are not.

use super::wire::Pages;
use super::{NoText, decode, html, lines::Lines};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fs::File;
use std::io::Write;

/// The whole text as one page. Two bytes are read for each byte of room, as little of Markdown is markup.
pub(super) fn read(file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let text = decode::read(file, 2, pages)?;
    let mut lines = Lines::new(pages.room());
    strip(&text, &mut lines);
    pages.send(lines.take())
}

/// Adds the text of a piece of Markdown to `lines`.
pub(super) fn strip(markdown: &str, lines: &mut Lines) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut laid_out = false;
    let mut block = String::new();
    for event in Parser::new_ext(markdown, options) {
        if lines.is_full() {
            return;
        }
        match event {
            Event::Text(text) if laid_out => lines.push_laid_out(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => lines.push(&text),
            Event::SoftBreak => lines.space(),
            Event::HardBreak => lines.line(),
            Event::Rule => lines.paragraph(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => lines.line(),
            Event::Html(part) => block.push_str(&part),
            Event::Start(tag) => {
                laid_out |= matches!(tag, Tag::CodeBlock(_) | Tag::MetadataBlock(_));
                match tag {
                    Tag::Item | Tag::TableHead | Tag::TableRow => lines.line(),
                    Tag::TableCell => lines.cell(),
                    Tag::Image { .. } => lines.space(),
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
                    _ => lines.paragraph(),
                }
            }
            Event::End(end) => {
                laid_out &= !matches!(end, TagEnd::CodeBlock | TagEnd::MetadataBlock(_));
                match end {
                    TagEnd::HtmlBlock => html::strip(&std::mem::take(&mut block), lines),
                    TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => lines.paragraph(),
                    TagEnd::Image => lines.space(),
                    _ => {}
                }
            }
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}
