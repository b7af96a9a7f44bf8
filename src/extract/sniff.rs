//! Media types, found from the first bytes of a file and never believed from its name.

use encoding_rs::Encoding;

/// How many bytes of a file [`media_type`] needs to see to be as sure as it gets.
pub const HEAD_BYTES: usize = 64 << 10;

pub(super) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
pub(super) const ODT: &str = "application/vnd.oasis.opendocument.text";
const UNKNOWN: &str = "application/octet-stream";

/// What the entry `mimetype` at the begin of a zipped document may say.
const SELF_NAMED: [&str; 9] = [
    ODT,
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet-template",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.presentation-template",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.oasis.opendocument.formula",
    "application/epub+zip",
];

/// Tags a piece of HTML may begin with; by themselves they could as well begin a Markdown text.
const TAGS: [&str; 28] = [
    "a", "article", "b", "br", "center", "details", "div", "em", "font", "h1", "h2", "h3", "h4", "iframe", "img", "link", "meta", "ol",
    "p", "picture", "script", "section", "span", "strong", "style", "table", "title", "ul",
];

/// The media type of a file that begins with `head` (see [`HEAD_BYTES`]; the whole file if it is
/// shorter). `file_name` only chooses between flavours of text: it makes a text `text/markdown`,
/// `text/csv`, `text/tab-separated-values` or `application/json` rather than `text/plain`.
/// `application/octet-stream` means unknown. Never carries parameters.
pub fn media_type(head: &[u8], file_name: Option<&str>) -> &'static str {
    let head = &head[..head.len().min(HEAD_BYTES)];
    let extension = file_name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    if head.trim_ascii_start().starts_with(b"%PDF-") {
        return "application/pdf";
    }
    if head.starts_with(b"PK\x03\x04") {
        return zipped(head);
    }
    let known = infer::get(head).map_or(UNKNOWN, |kind| kind.mime_type());
    match readable(head) {
        Some(_) if known != UNKNOWN && begins_beyond_text(head) => known,
        Some(text) => flavour(&text, extension),
        None => known,
    }
}

/// True when not even the first byte is text of Unicode. Magic numbers such as `BM` are common words
/// and not believed in a text; those that begin like this are.
fn begins_beyond_text(head: &[u8]) -> bool {
    let valid = std::str::from_utf8(head).map_or_else(|error| error.valid_up_to(), str::len);
    valid == 0 && Encoding::for_bom(head).is_none()
}

/// The head as text, if it is text: no control characters but those of layout. `None` for nothing.
fn readable(head: &[u8]) -> Option<String> {
    let text = match Encoding::for_bom(head) {
        Some((encoding, mark)) => {
            let body = &head[mark..head.len() - (head.len() - mark) % 2 * usize::from(mark == 2)];
            let (text, damaged) = encoding.decode_without_bom_handling(body);
            // A damaged character may be one the head cut in two, at the very end.
            if damaged && text.trim_end_matches('\u{fffd}').contains('\u{fffd}') {
                return None;
            }
            text.into_owned()
        }
        None => String::from_utf8_lossy(head).into_owned(),
    };
    let is_layout = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}');
    let is_binary = |c: char| (c < ' ' && !is_layout(c)) || c == '\u{7f}';
    (!text.is_empty() && !text.contains(is_binary)).then_some(text)
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

/// Which zipped document: what it says of itself in its first entry, or the names of its parts.
fn zipped(head: &[u8]) -> &'static str {
    let entries: Vec<&[u8]> =
        (0..head.len().saturating_sub(30)).filter(|at| head[*at..].starts_with(b"PK\x03\x04")).map(|at| &head[at..]).collect();
    let names: Vec<&[u8]> = entries.iter().filter_map(|entry| entry.get(30..30 + short(entry, 26))).collect();
    if let Some(entry) = entries.first().filter(|_| names.first().is_some_and(|name| *name == b"mimetype")) {
        let said = entry.get(38 + short(entry, 28)..).unwrap_or_default();
        // The longest name that fits, as some begin like others.
        let known = SELF_NAMED.iter().filter(|name| said.starts_with(name.as_bytes())).max_by_key(|name| name.len());
        return known.copied().unwrap_or("application/zip");
    }
    let any = |begin: &str| names.iter().any(|name| name.starts_with(begin.as_bytes()));
    let is_office = any("[Content_Types].xml") || any("_rels/.rels") || any("docProps/");
    match () {
        () if any("word/document") || is_office && any("word/") => DOCX,
        () if any("xl/workbook") || is_office && any("xl/") => XLSX,
        () if any("ppt/presentation") || is_office && any("ppt/") => PPTX,
        () => "application/zip",
    }
}

/// A number of two bytes in an entry's header.
fn short(entry: &[u8], at: usize) -> usize {
    entry.get(at..at + 2).map_or(0, |bytes| usize::from(bytes[0]) | usize::from(bytes[1]) << 8)
}
