//! Bytes to text: which encoding a text file is in, decided from its bytes.

use super::NoText;
use super::wire::Pages;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::{Read, Write};

/// How many bytes the detector of legacy encodings looks at.
const SAMPLE_BYTES: usize = 1 << 20;

/// Reads a text file and decodes it: at most `bytes_a_byte` bytes of it for each byte of room. What is left out, and the encoding, are
/// noted in `pages`.
pub(super) fn read(file: File, bytes_a_byte: usize, pages: &mut Pages<impl Write>) -> Result<String, NoText> {
    let cap = pages.room().saturating_mul(bytes_a_byte);
    let mut bytes = Vec::new();
    file.take(cap as u64 + 1).read_to_end(&mut bytes).map_err(|error| NoText::NotRun(error.to_string()))?;
    if bytes.len() > cap {
        pages.truncate();
        bytes.truncate(cap);
    }
    let (text, encoding) = text(&bytes);
    pages.read_as(encoding.name());
    Ok(text)
}

/// Decodes a text, and tells by which encoding; what can't be decoded becomes U+FFFD.
pub(super) fn text(bytes: &[u8]) -> (String, &'static Encoding) {
    let (encoding, mark) = encoding(bytes);
    (encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), encoding)
}

/// The encoding of a text, as far as these bytes of it tell, and the length of its byte-order mark.
pub(super) fn encoding(bytes: &[u8]) -> (&'static Encoding, usize) {
    Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0))
}

/// The encoding of a text without a byte-order mark: UTF-8 if the bytes are (nearly) that, then what
/// the text says of itself, then the look of UTF-16, then what its letters make likely.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if is_nearly_utf8(bytes) {
        return wide(bytes).unwrap_or(UTF_8);
    }
    declared(bytes).or_else(|| wide(bytes)).unwrap_or_else(|| {
        let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
        let sample = &bytes[first..bytes.len().min(first + SAMPLE_BYTES)];
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, true);
        detector.guess(None, Utf8Detection::Deny)
    })
}

/// UTF-8, give or take a character cut in two and a few damaged ones.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good / 8 >= bad || (bad == 1 && is_cut(bytes))
}

/// True when only the last character is incomplete.
fn is_cut(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none() && error.valid_up_to() > 0)
}

/// UTF-16 without a mark, seen by the zero bytes beside Latin letters.
pub(super) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4_096)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, many) = (zeros(0), zeros(1), sample.len() / 5);
    match () {
        () if odd > many && even * 8 < odd => Some(UTF_16LE),
        () if even > many && odd * 8 < even => Some(UTF_16BE),
        () => None,
    }
}

/// What HTML or XML says of itself in its first kilobyte: `charset=…` or `encoding="…"`. What can be read there byte by byte is not
/// UTF-16, whatever it says, nor UTF-8 once it was seen not to be.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let at = ["charset=", "encoding="].iter().find_map(|key| head.find(key).map(|at| at + key.len()))?;
    let label = head[at..].trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ' ', '>', ';', '/']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|found| ![UTF_8, UTF_16LE, UTF_16BE].contains(found))
}

/// The encoding that a text of this media type is to be handed out by, as far as its beginning tells; none for what is no text.
pub fn text_encoding(beginning: &[u8], media_type: &str) -> Option<&'static str> {
    media_type.starts_with("text/").then(|| encoding(beginning).0.name())
}
