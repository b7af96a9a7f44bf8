//! Media types, found from the content of a file and never believed from its name.

use super::{decode, directory};
use directory::{Entry, number};
use encoding_rs::Encoding;
use std::io::{self, Read, Seek, SeekFrom};

/// How many bytes from the beginning of a file tell its media type, if it is no zip: the directory of a zip stands at its end.
pub const HEAD_BYTES: usize = 64 << 10;
/// A PDF may begin with other bytes: what a mail or a proxy put before it.
const PDF_WITHIN: usize = 1 << 10;
/// Bytes of a zip's part that tell what the zip is.
const TOLD_WITHIN: u64 = 1 << 20;

pub(super) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(super) const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
pub(super) const ODT: &str = "application/vnd.oasis.opendocument.text";
pub(super) const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
pub(super) const ODP: &str = "application/vnd.oasis.opendocument.presentation";
pub(super) const EPUB: &str = "application/epub+zip";
pub(super) const OLE: &str = "application/x-ole-storage";
const UNKNOWN: &str = "application/octet-stream";
const ZIP: &str = "application/zip";

/// What a zipped document may say of itself, in its part `mimetype` or in its manifest.
const SELF_NAMED: [&str; 9] = [
    ODT,
    "application/vnd.oasis.opendocument.text-template",
    ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template",
    ODP,
    "application/vnd.oasis.opendocument.presentation-template",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.oasis.opendocument.formula",
    EPUB,
];

/// What the list of types in an Open Packaging document calls its main part.
const MAIN_PARTS: [(&str, &str); 7] = [
    ("wordprocessingml.document.main+xml", DOCX),
    ("wordprocessingml.template.main+xml", DOCX),
    ("ms-word.document.macroEnabled.main+xml", DOCX),
    ("spreadsheetml.sheet.main+xml", XLSX),
    ("ms-excel.sheet.macroEnabled.main+xml", XLSX),
    ("presentationml.presentation.main+xml", PPTX),
    ("presentationml.slideshow.main+xml", PPTX),
];

/// Tags a piece of HTML may begin with; by themselves they could as well begin a Markdown text.
const TAGS: [&str; 28] = [
    "a", "article", "b", "br", "center", "details", "div", "em", "font", "h1", "h2", "h3", "h4", "iframe", "img", "link", "meta", "ol",
    "p", "picture", "script", "section", "span", "strong", "style", "table", "title", "ul",
];

/// Whether a file that begins so is a zip, of which more than its beginning must be seen.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// The media type of a file. `file_name` only chooses between flavours of text: it makes a text `text/markdown`,
/// `text/csv`, `text/tab-separated-values` or `application/json` rather than `text/plain`.
/// `application/octet-stream` means unknown. Never carries parameters.
///
/// Reads the first [`HEAD_BYTES`], and of a zip its directory and a part or two, all up to a limit.
pub fn media_type(file: &mut (impl Read + Seek), file_name: Option<&str>) -> io::Result<&'static str> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    if is_pdf(&head) {
        return Ok("application/pdf");
    }
    if is_zip(&head) {
        return match directory::entries(file)? {
            Some(entries) => zipped(file, &entries),
            None => Ok(by_names(&names_of_head(&head))),
        };
    }
    let extension = file_name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    let known = infer::get(&head).map_or(UNKNOWN, |kind| kind.mime_type());
    Ok(match readable(&head) {
        Some(_) if known != UNKNOWN && begins_beyond_text(&head) => known,
        Some(text) => flavour(&text, extension),
        None => known,
    })
}

/// The header of a PDF stands at the beginning, or at the beginning of a line soon after: then objects follow, which a text that only
/// speaks of PDF has not.
fn is_pdf(head: &[u8]) -> bool {
    let near = &head[..head.len().min(PDF_WITHIN)];
    if near.trim_ascii_start().starts_with(b"%PDF-") {
        return true;
    }
    let is_header = |at: usize| {
        let before = &near[..at];
        near[at..].starts_with(b"%PDF-")
            && near.get(at + 5).is_some_and(u8::is_ascii_digit)
            && (before.ends_with(b"\n") || before.ends_with(b"\r") || before == b"\xef\xbb\xbf")
    };
    (0..near.len()).any(is_header) && head.windows(5).any(|window| window == b" obj\n" || window == b" obj\r" || window == b" obj<")
}

/// True when not even the first byte is text of Unicode. Magic numbers such as `BM` are common words
/// and not believed in a text; those that begin like this are.
fn begins_beyond_text(head: &[u8]) -> bool {
    let valid = std::str::from_utf8(head).map_or_else(|error| error.valid_up_to(), str::len);
    valid == 0 && Encoding::for_bom(head).is_none()
}

/// The head as text, if it is text. `None` for nothing.
fn readable(head: &[u8]) -> Option<String> {
    let wide = || decode::wide(head).map(|encoding| (encoding, 0));
    let text = match Encoding::for_bom(head).or_else(wide) {
        Some((encoding, mark)) => {
            let is_wide = encoding != encoding_rs::UTF_8;
            let body = &head[mark..head.len() - (head.len() - mark) % 2 * usize::from(is_wide)];
            let (text, damaged) = encoding.decode_without_bom_handling(body);
            // A damaged character may be one the head cut in two, at the very end.
            if damaged && text.trim_end_matches('\u{fffd}').contains('\u{fffd}') {
                return None;
            }
            text.into_owned()
        }
        None => String::from_utf8_lossy(head).into_owned(),
    };
    (!text.is_empty() && !is_binary(&text)).then_some(text)
}

/// Old programs left a control character here and there: ends of files, bells, the line ends of slides. What has a zero or more than
/// a few of them is no text.
fn is_binary(text: &str) -> bool {
    let is_layout = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}');
    let controls = text.chars().filter(|c| (*c < ' ' && !is_layout(*c)) || *c == '\u{7f}').count();
    text.contains('\0') || controls > 1 + text.len() / 256
}

/// Which kind of text.
fn flavour(text: &str, extension: &str) -> &'static str {
    let start: String = text.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r', '\u{c}']).chars().take(4_096).collect();
    let start = start.to_ascii_lowercase();
    if start.starts_with("{\\rtf") {
        return "application/rtf";
    }
    if start.starts_with("%!ps") {
        return "application/postscript";
    }
    let body = after_prolog(&start);
    let prolog = &start[..start.len() - body.len()];
    if begins_with_tag(body, &["html", "head", "body"]) || prolog.contains("<!doctype html") {
        return "text/html";
    }
    if begins_with_tag(body, &["svg"]) {
        return "image/svg+xml";
    }
    if start.starts_with("<?xml") {
        return "application/xml";
    }
    let is_markdown = matches!(extension, "md" | "markdown" | "mdown" | "mkd");
    if begins_with_tag(body, &TAGS) || start.starts_with("<!--") {
        return if is_markdown { "text/markdown" } else { "text/html" };
    }
    match extension {
        _ if is_markdown => "text/markdown",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "json" if start.starts_with(['{', '[']) => "application/json",
        _ => "text/plain",
    }
}

/// What follows declarations, doctypes and comments.
fn after_prolog(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let end = match text {
            _ if text.starts_with("<!--") => "-->",
            _ if text.starts_with("<?") || text.starts_with("<!doctype") => ">",
            _ => return text,
        };
        text = text.split_once(end).map_or("", |(_, rest)| rest);
    }
}

fn begins_with_tag(text: &str, names: &[&str]) -> bool {
    let Some(tag) = text.strip_prefix('<') else {
        return false;
    };
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    names.contains(&&tag[..end]) && tag[end..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
}

/// Which zipped document: what it says of itself, wherever in the file it says so, or the names of its parts.
fn zipped(file: &mut (impl Read + Seek), entries: &[Entry]) -> io::Result<&'static str> {
    let mut part = |name: &str| match entries.iter().find(|entry| entry.name == name.as_bytes()) {
        Some(entry) => directory::beginning(file, entry, TOLD_WITHIN).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        None => Ok(String::new()),
    };
    let said = part("mimetype")?;
    if let Some(known) = SELF_NAMED.into_iter().find(|name| said.trim() == *name) {
        return Ok(known);
    }
    let types = part("[Content_Types].xml")?;
    if let Some((_, known)) = MAIN_PARTS.into_iter().find(|(main, _)| types.contains(main)) {
        return Ok(known);
    }
    let manifest = part("META-INF/manifest.xml")?;
    let of_whole = manifest.split('<').find(|tag| ["full-path=\"/\"", "full-path='/'"].iter().any(|whole| tag.contains(whole)));
    let of_whole = of_whole.unwrap_or_default();
    if let Some(known) =
        SELF_NAMED.into_iter().find(|name| of_whole.contains(&format!("\"{name}\"")) || of_whole.contains(&format!("'{name}'")))
    {
        return Ok(known);
    }
    let names: Vec<&[u8]> = entries.iter().map(|entry| entry.name.as_slice()).collect();
    Ok(by_names(&names))
}

/// The names of the parts at the beginning of a zip whose directory is missing.
fn names_of_head(head: &[u8]) -> Vec<&[u8]> {
    let entries = (0..head.len().saturating_sub(30)).filter(|at| head[*at..].starts_with(b"PK\x03\x04")).map(|at| &head[at..]);
    entries.filter_map(|entry| entry.get(30..30 + number(entry, 26, 2) as usize)).collect()
}

fn by_names(names: &[&[u8]]) -> &'static str {
    let any = |begin: &str| names.iter().any(|name| name.starts_with(begin.as_bytes()));
    let is_office = any("[Content_Types].xml") || any("_rels/.rels") || any("docProps/");
    match () {
        () if any("word/document") || is_office && any("word/") => DOCX,
        () if any("xl/workbook") || is_office && any("xl/") => XLSX,
        () if any("ppt/presentation") || is_office && any("ppt/") => PPTX,
        () if any("META-INF/container.xml") => EPUB,
        () => ZIP,
    }
}
