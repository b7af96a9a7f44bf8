//! XLSX: sheets, a page each: its name, then its rows with the cells' values as they were last reckoned. Dates stand as in ISO 8601.
//!
//! Cells are taken one after another, never as a grid: a grid of two far corners would have room for billions.

use super::wire::Pages;
use super::{NoText, lines::Lines};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use std::fs::File;
use std::io::{BufReader, Write};

/// Every sheet that has cells; charts have none.
pub(super) fn read(file: File, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(unread)?;
    for name in book.sheet_names() {
        if pages.is_full() {
            pages.truncate();
            break;
        }
        let mut lines = Lines::new(pages.room());
        lines.push(&name);
        lines.line();
        match sheet(&mut book, &name, &mut lines) {
            Ok(()) | Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => {}
            // A sheet that can't be read costs only itself.
            Err(_) if pages.has_text() => pages.truncate(),
            Err(error) => return Err(unread(error)),
        }
        pages.send(lines.take())?;
    }
    Ok(())
}

fn sheet(book: &mut Xlsx<BufReader<File>>, name: &str, lines: &mut Lines) -> Result<(), XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut row = 0;
    while let Some(cell) = cells.next_cell()? {
        if lines.is_full() {
            break;
        }
        if *cell.get_value() == DataRef::Empty {
            continue;
        }
        let at = cell.get_position().0;
        if std::mem::replace(&mut row, at) == at {
            lines.cell()
        } else {
            lines.line()
        }
        lines.push(&said(cell.get_value()));
    }
    Ok(())
}

fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(time) => moment(time),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn moment(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let number = time.as_f64();
    if time.is_duration() {
        return format!("{}:{minute:02}:{second:02}", (number * 24.0) as i64);
    }
    match (number < 1.0, number.fract() == 0.0) {
        (true, _) => format!("{hour:02}:{minute:02}"),
        (false, true) => format!("{year}-{month:02}-{day:02}"),
        (false, false) => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
    }
}

fn unread(error: XlsxError) -> NoText {
    match error {
        XlsxError::Password => NoText::Locked,
        error => NoText::broken(error),
    }
}
