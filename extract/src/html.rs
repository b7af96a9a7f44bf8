//! HTML: its text without scripts and styles.
//!
//! Only the standard's tokenizer runs, never the tree builder: a page of a hundred thousand open
//! elements costs no more than a flat one, and there is no tree whose building or dropping could recurse.

use super::wire::Pages;
use super::{NoText, decode, lines::Lines};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Write;

/// How much is handed to the tokenizer at once, in bytes.
const BITE: usize = 64 << 10;

/// The page's text. Eight bytes are read for each byte of room: markup is often most of a page.
pub(super) fn read(file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let text = decode::read(file, 8, pages)?;
    let mut lines = Lines::new(pages.room());
    strip(&text, &mut lines);
    pages.send(lines.take())
}

/// Adds the text of a piece of HTML to `lines`.
pub(super) fn strip(mut html: &str, lines: &mut Lines) {
    let sink = Sink { lines: RefCell::new(lines), raw: Cell::new(false), laid_out: Cell::new(0) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    while !html.is_empty() && !tokenizer.sink.lines.borrow().is_full() {
        let (bite, rest) = html.split_at(html.floor_char_boundary(BITE));
        queue.push_back(StrTendril::from_slice(bite));
        // The tokenizer pauses after each script for one who would run it.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        html = rest;
    }
    tokenizer.end();
}

struct Sink<'a> {
    lines: RefCell<&'a mut Lines>,
    /// Inside an element whose content is not for readers.
    raw: Cell<bool>,
    /// How many `<pre>` are open.
    laid_out: Cell<u32>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => return self.tag(&tag),
            Token::CharacterTokens(_) if self.raw.get() => {}
            Token::CharacterTokens(text) if self.laid_out.get() > 0 => self.lines.borrow_mut().push_laid_out(&text),
            Token::CharacterTokens(text) => self.lines.borrow_mut().push(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink<'_> {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let mut lines = self.lines.borrow_mut();
        match &*tag.name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "ul" | "ol" | "dl" | "pre" | "blockquote" | "title" | "hr" => {
                lines.paragraph()
            }
            "br" | "div" | "li" | "tr" | "dt" | "dd" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside"
            | "address" | "form" | "fieldset" | "figure" | "figcaption" | "caption" | "body" | "html" | "details" | "summary"
            | "option" | "center" | "textarea" => lines.line(),
            "td" | "th" => lines.cell(),
            "img" => {
                if let Some(alt) = tag.attrs.iter().find(|attribute| &*attribute.name.local == "alt") {
                    lines.space();
                    lines.push(&alt.value);
                    lines.space();
                }
            }
            _ => {}
        }
        let open = tag.kind == TagKind::StartTag;
        if &*tag.name == "pre" {
            self.laid_out.set(if open { self.laid_out.get().saturating_add(1) } else { self.laid_out.get().saturating_sub(1) });
        }
        // `<script/>` is closed in XHTML and, strictly, open in HTML; here it is closed in both.
        if open && tag.self_closing {
            return TokenSinkResult::Continue;
        }
        let kind = match &*tag.name {
            "script" => RawKind::ScriptData,
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => RawKind::Rawtext,
            "title" | "textarea" => RawKind::Rcdata,
            _ => return TokenSinkResult::Continue,
        };
        self.raw.set(open && kind != RawKind::Rcdata && &*tag.name != "xmp");
        if open { TokenSinkResult::RawData(kind) } else { TokenSinkResult::Continue }
    }
}
