//! What stands on a page undrawn: values of forms that have no picture of themselves, and notes.

use super::alphabet::{decoded, plain};
use super::device::{Letter, Sheet};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{self, Affine, Point, Vec2};
use std::collections::HashSet;

/// How far up a field's value is looked for.
const MOST_PARENTS: usize = 16;
/// Hidden ones are not read; this is their flag.
const HIDDEN: u32 = 1 << 1;
/// The size of letters that have none.
const SIZE: f64 = 10.0;

/// Adds the values and notes of a page to what it draws.
pub(super) fn add(page: &Page<'_>, to_sheet: Affine, sheet: &mut Sheet) {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return };
    let mut notes = HashSet::new();
    for annotation in annotations.iter::<Dict<'_>>() {
        if annotation.get::<u32>(b"F").unwrap_or(0) & HIDDEN != 0 {
            continue;
        }
        let kind = annotation.get::<Name<'_>>(b"Subtype");
        let text = match kind.as_deref() {
            Some(b"Widget") => value(&annotation).filter(|_| !has_picture(&annotation)),
            // A popup repeats the note it is of.
            Some(b"Popup" | b"Link") | None => None,
            Some(b"FreeText") if has_picture(&annotation) => None,
            Some(_) => string(&annotation, b"Contents"),
        };
        let Some(text) = text.map(|text| plain(&text)).filter(|text| !text.trim().is_empty()) else { continue };
        if kind.as_deref() != Some(b"Widget") {
            if notes.insert(text.clone()) {
                sheet.known += text.chars().count();
                sheet.notes.push(text.trim().to_owned());
            }
            continue;
        }
        let Some(place) = annotation.get::<Rect>(b"Rect") else { continue };
        let place = kurbo::Rect::new(place.x0, place.y0, place.x1, place.y1);
        let place = to_sheet.transform_rect_bbox(place);
        let size = place.height().clamp(1.0, SIZE);
        sheet.known += text.chars().count();
        let at = Point::new(place.x0, place.y1 - size / 4.0);
        sheet.letters.push(Letter { text, at, along: Vec2::new(1.0, 0.0), advance: place.width().max(1.0), size });
    }
}

/// The value of a field that people typed into or chose from; a button has none.
fn value(field: &Dict<'_>) -> Option<String> {
    let kind = inherited(field, |field| field.get::<Name<'_>>(b"FT").map(|kind| kind.as_ref().to_vec()))?;
    if kind != b"Tx" && kind != b"Ch" {
        return None;
    }
    inherited(field, |field| match field.get::<Object<'_>>(b"V")? {
        Object::String(text) => Some(decoded(text.as_bytes())),
        Object::Stream(stream) => Some(decoded(&stream.decoded_data().ok()?)),
        Object::Array(several) => {
            let several: Vec<String> = several.iter::<PdfString<'_>>().map(|text| decoded(text.as_bytes())).collect();
            Some(several.join(" "))
        }
        _ => None,
    })
}

fn inherited<T>(field: &Dict<'_>, ask: impl Fn(&Dict<'_>) -> Option<T>) -> Option<T> {
    let mut field = field.clone();
    for _ in 0..MOST_PARENTS {
        if let Some(found) = ask(&field) {
            return Some(found);
        }
        field = field.get::<Dict<'_>>(b"Parent")?;
    }
    None
}

/// Whether it has a picture of itself, which is drawn with the page.
fn has_picture(annotation: &Dict<'_>) -> bool {
    let pictures = annotation.get::<Dict<'_>>(b"AP");
    pictures.is_some_and(|pictures| {
        pictures.get::<Stream<'_>>(b"N").is_some_and(|picture| picture.decoded_data().is_ok_and(|drawn| !drawn.is_empty()))
    })
}

fn string(of: &Dict<'_>, key: &[u8]) -> Option<String> {
    of.get::<PdfString<'_>>(key).map(|text| decoded(text.as_bytes()))
}
