//! PDF, page by page.
//!
//! A page is drawn on a device that keeps its letters and where they stand (`device`; what they are where the file does not say,
//! `alphabet`); from where they stand come runs, columns, lines and words (`runs`, `columns`, `layout`), from these the reading order and words that were
//! divided at a line's end (`reading`). Beside what is drawn stand values of forms and notes (`annotations`).
//!
//! A page that can't be drawn keeps nothing, the result counts as truncated, and reading goes on with the next page. What can't be
//! caught (the stack or the memory used up, time) ends the child; the parent keeps the pages sent before.
//! Invariant: a page that shows letters of which none could be read is told as such, never as a page without text.

mod alphabet;
mod annotations;
mod columns;
mod device;
mod layout;
mod reading;
mod runs;

use super::wire::Pages;
use super::{NoText, lines::Lines};
use alphabet::Alphabet;
use device::{Device, Sheet};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use reading::Vocabulary;
use std::fs::File;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Of a hundred letters so many may be unknown before a text counts as read in part.
const UNKNOWN_OF_HUNDRED: usize = 10;

/// Every page's text, in the order of the page tree.
pub(super) fn read(mut file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| NoText::NotRun(error.to_string()))?;
    let pdf = Pdf::new(bytes).map_err(unread)?;
    if pdf.pages().is_empty() {
        return Err(NoText::broken("the document has no pages"));
    }
    let cache = InterpreterCache::new();
    let mut alphabet = Alphabet::new(&pdf);
    let mut vocabulary = Vocabulary::default();
    let (mut known, mut unknown) = (0, 0);
    for page in pdf.pages().iter() {
        if pages.is_full() {
            pages.truncate();
            break;
        }
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let sheet = draw(&pdf, page, &cache, &mut alphabet);
            let mut lines = layout::lines(sheet.letters);
            for note in sheet.notes {
                lines.extend([String::new(), note]);
            }
            let text = reading::joined(lines, &mut vocabulary);
            (text, sheet.known, sheet.unknown, sheet.shows_picture)
        }));
        let Ok((text, known_here, unknown_here, shows_picture)) = drawn else {
            pages.truncate();
            pages.send_unread()?;
            continue;
        };
        known += known_here;
        unknown += unknown_here;
        match () {
            () if unknown_here > 0 && known_here == 0 => pages.send_unread()?,
            () if text.is_empty() && shows_picture => pages.send_picture()?,
            () => {
                let mut lines = Lines::new(pages.room());
                lines.push_laid_out(&text);
                pages.send(lines.take())?;
            }
        }
    }
    if unknown * 100 > (known + unknown) * UNKNOWN_OF_HUNDRED {
        pages.truncate();
    }
    Ok(())
}

/// What a page draws, and what stands on it undrawn.
fn draw<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>, alphabet: &mut Alphabet<'a>) -> Sheet {
    // The page as people see it: turned as it says, right and down, from its visible corner.
    let to_sheet = Affine::new(page.initial_transform(true).as_coeffs());
    let (width, height) = page.render_dimensions();
    let visible = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(to_sheet, visible, cache, pdf.xref(), InterpreterSettings::default());
    // What stands beside the whole sheet is for printers; a sheet without a size has nothing beside it.
    let whole = page.media_box();
    let whole = to_sheet.transform_rect_bbox(Rect::new(whole.x0, whole.y0, whole.x1, whole.y1));
    let whole = if whole.area() > 1.0 { whole } else { Rect::new(f64::MIN, f64::MIN, f64::MAX, f64::MAX) };
    let mut device = Device::new(whole, alphabet);
    interpret_page(page, &mut context, &mut device);
    let mut sheet = device.finished();
    annotations::add(page, to_sheet, &mut sheet);
    sheet
}

/// What a panic said.
pub(super) fn sentence(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("the reader gave up").to_owned()
}

fn unread(error: LoadPdfError) -> NoText {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => NoText::Locked,
        LoadPdfError::Decryption(error) => NoText::broken(format!("its encryption is wrong: {error:?}")),
        LoadPdfError::Invalid => NoText::broken("it is no PDF that can be read"),
    }
}
