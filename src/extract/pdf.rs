//! PDF, page by page.
//!
//! The library gives up on a page by panicking. Such a page keeps the text it gave until then, the
//! result counts as truncated, and reading goes on with the next page. What can't be caught (the stack
//! or the memory used up) ends the child; the parent keeps the pages sent before.

use super::wire::Pages;
use super::{NoText, lines::Lines};
use pdf_extract::encryption::DecryptionError;
use pdf_extract::{
    ConvertToFmt, Document, Error, MediaBox, OutputDev, OutputError, PlainTextOutput, Transform, output_doc, output_doc_page,
};
use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// Every page's text, in the order of the page tree.
pub(super) fn read(file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut document = Document::load_from(file).map_err(unread)?;
    if document.is_encrypted() {
        document.decrypt("").map_err(unread)?;
    }
    let Some(total) = document.get_pages().keys().last().copied() else {
        return Err(NoText::broken("the document has no pages"));
    };
    let mut book = Book::new(pages);
    let mut trouble = None;
    while book.done < total && !book.over {
        // All pages at once while all goes well: asking for one page walks the whole page tree.
        let whole = book.done == 0;
        let page = book.done + 1;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            if whole { output_doc(&document, &mut book) } else { output_doc_page(&document, &mut book, page) }
        }));
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => trouble = book.give_up_page(error.to_string()),
            Err(panic) => trouble = book.give_up_page(sentence(&*panic)),
        }
    }
    if book.done < total {
        book.pages.truncate();
    }
    match (book.gone, trouble) {
        (Some(gone), _) => Err(gone),
        (None, Some(why)) if !pages.has_text() => Err(NoText::broken(why)),
        _ => Ok(()),
    }
}

/// What a panic said.
pub(super) fn sentence(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("the reader gave up").to_owned()
}

fn unread(error: Error) -> NoText {
    match error {
        Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) | Error::Decryption(DecryptionError::IncorrectPassword) => {
            NoText::Locked
        }
        error => NoText::broken(error),
    }
}

/// The lines of the page at work, shared with the library's own layout of characters into lines.
#[derive(Clone)]
struct Sheet(Rc<RefCell<Lines>>);

impl fmt::Write for Sheet {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut lines = self.0.borrow_mut();
        lines.push_laid_out(text);
        if lines.is_full() { Err(fmt::Error) } else { Ok(()) }
    }
}

impl ConvertToFmt for Sheet {
    type Writer = Self;
    fn convert(self) -> Self {
        self
    }
}

/// Takes characters from the library and sends pages.
struct Book<'a, W> {
    pages: &'a mut Pages<W>,
    sheet: Sheet,
    layout: PlainTextOutput<Sheet>,
    /// Pages sent.
    done: u32,
    /// True when nothing more will be taken.
    over: bool,
    /// Why sending failed.
    gone: Option<NoText>,
}

impl<'a, W: Write> Book<'a, W> {
    fn new(pages: &'a mut Pages<W>) -> Self {
        let sheet = Sheet(Rc::new(RefCell::new(Lines::new(pages.room()))));
        Self { pages, layout: PlainTextOutput::new(sheet.clone()), sheet, done: 0, over: false, gone: None }
    }

    fn send_page(&mut self) -> Result<(), OutputError> {
        let (text, truncated) = self.sheet.0.borrow_mut().take();
        self.done += 1;
        self.gone = self.pages.send((text, truncated)).err();
        self.over = truncated || self.gone.is_some() || self.pages.is_full();
        if self.over { Err(fmt::Error.into()) } else { Ok(()) }
    }

    /// Sends what a page gave before it failed; passes on why, unless it failed for want of room.
    fn give_up_page(&mut self, why: String) -> Option<String> {
        if self.over {
            return None;
        }
        self.pages.truncate();
        let _ = self.send_page();
        Some(why)
    }
}

impl<W: Write> OutputDev for Book<'_, W> {
    fn begin_page(&mut self, page: u32, media: &MediaBox, art: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.layout = PlainTextOutput::new(self.sheet.clone());
        self.layout.begin_page(page, media, art)
    }
    fn end_page(&mut self) -> Result<(), OutputError> {
        self.send_page()
    }
    fn output_character(&mut self, place: &Transform, width: f64, spacing: f64, size: f64, text: &str) -> Result<(), OutputError> {
        self.layout.output_character(place, width, spacing, size, text)
    }
    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.layout.begin_word()
    }
    fn end_word(&mut self) -> Result<(), OutputError> {
        self.layout.end_word()
    }
    fn end_line(&mut self) -> Result<(), OutputError> {
        self.layout.end_line()
    }
}
