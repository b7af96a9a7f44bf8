//! Text of whole documents, read as the hub reads them: in a child process.

mod files;
mod harmless;
mod hostile;
mod office;
mod pdf;

use hansa::extract::{Extraction, Extractor, Limits, NoText};
use std::time::Duration;

pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const ODT: &str = "application/vnd.oasis.opendocument.text";

/// Limits that leave a slow machine its time; tests lower the one they are about.
pub fn limits() -> Limits {
    Limits { time: Duration::from_secs(60), cpu_s: 30, ..Limits::default() }
}

/// The media type of these bytes, whatever they are called.
pub fn media_type(bytes: &[u8]) -> &'static str {
    hansa::extract::media_type(&mut std::io::Cursor::new(bytes), None).unwrap()
}

pub async fn text_of(bytes: &[u8], media_type: &str, limits: Limits) -> Result<Extraction, NoText> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, bytes).unwrap();
    let extractor = Extractor::new(limits, 1).unwrap().with_program(env!("CARGO_BIN_EXE_hansa"));
    extractor.text_of(file.path(), media_type).await
}

/// One page that is all of the text.
pub fn whole(text: &str) -> Result<Extraction, NoText> {
    Ok(Extraction { pages: vec![text.to_owned()], ..Extraction::default() })
}

/// The same of a text file, with the encoding it is read in.
pub fn in_encoding(encoding: &str, text: &str) -> Result<Extraction, NoText> {
    Ok(Extraction { encoding: Some(encoding.to_owned()), ..whole(text)? })
}
