//! Plain text: decoded and tidied, its lines kept.

use super::wire::Pages;
use super::{NoText, decode, lines::Lines};
use std::fs::File;
use std::io::Write;

/// The whole text as one page. Four bytes are read for each byte of room: UTF-16 and white space shrink.
pub(super) fn read(file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let text = decode::read(file, 4, pages)?;
    let mut lines = Lines::new(pages.room());
    lines.push_laid_out(&text);
    pages.send(lines.take())
}
