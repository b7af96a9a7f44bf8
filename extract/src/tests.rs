//! The pure parts. Whole documents, harmless and hostile, are read by the integration tests, in a child.

use super::lines::Lines;
use super::sniff::DOCX;
use super::wire::{Pages, receive};
use super::{Extraction, Limits, NoText, decode, html, json, markdown, media_type, text_encoding};
use rstest::rstest;
use std::io::Cursor;

/// The media type of these bytes.
fn told(bytes: &[u8], name: Option<&str>) -> &'static str {
    media_type(&mut Cursor::new(bytes), name).expect("bytes in memory can be read")
}

fn lines(build: impl FnOnce(&mut Lines)) -> String {
    let mut lines = Lines::new(10_000);
    build(&mut lines);
    lines.take().0
}

#[rstest]
#[case::pdf(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf")]
#[case::png(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png")]
#[case::jpeg(b"\xff\xd8\xff\xe0", "image/jpeg")]
#[case::old_word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", "application/x-ole-storage")]
#[case::html(b"\xef\xbb\xbf\n<!DOCTYPE html><p>x", "text/html")]
#[case::xhtml(b"<?xml version='1.0'?><!-- c -->\n<html xmlns='x'>", "text/html")]
#[case::fragment(b"<div class=a>", "text/html")]
#[case::xml(b"<?xml version='1.0'?><note/>", "application/xml")]
#[case::svg(b"<?xml version='1.0'?><svg onload='x'>", "image/svg+xml")]
#[case::rtf(b"{\\rtf1 x}", "application/rtf")]
#[case::words_that_look_like_magic(b"BMW and MZ and ID3", "text/plain")]
#[case::latin1(b"Stra\xdfe", "text/plain")]
#[case::latin1_from_the_first_letter(b"\xc4rger", "text/plain")]
#[case::utf16(b"\xff\xfeh\0i\0", "text/plain")]
#[case::utf16_html(b"\xfe\xff\0<\0h\0t\0m\0l\0>", "text/html")]
#[case::less_than(b"<3 cities", "text/plain")]
#[case::zeros(b"text\0text", "application/octet-stream")]
#[case::a_vertical_tab(b"Title\x0bsecond line\r\n", "text/plain")]
#[case::the_end_of_an_old_file(b"minutes\r\n\x1a", "text/plain")]
#[case::a_bell(b"city,note\nAthens,with \x07 bell\n", "text/plain")]
#[case::a_separator(b"a\x1fvalue\n", "text/plain")]
#[case::many_controls(b"\x01\x02\x03a\x04\x05", "application/octet-stream")]
#[case::utf16_without_a_mark(b"w\0o\0r\0d\0s\0 \0", "text/plain")]
#[case::utf16_the_other_way(b"\0w\0o\0r\0d\0s\0 ", "text/plain")]
#[case::pdf_behind_a_mark(b"\xef\xbb\xbf%PDF-1.4\n1 0 obj\n", "application/pdf")]
#[case::pdf_behind_headers(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n", "application/pdf")]
#[case::a_text_on_pdf(b"A PDF begins with\n%PDF-1.4 and then come objects.", "text/plain")]
#[case::a_zip_without_its_end(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x11\0\0\0word/document.xmlx", DOCX)]
#[case::nothing(b"", "application/octet-stream")]
fn the_content_decides(#[case] head: &[u8], #[case] expected: &str) {
    assert_eq!(told(head, None), expected);
    assert_eq!(told(head, Some("a.pdf")), expected);
}

#[rstest]
#[case("# Title", "a.MD", "text/markdown")]
#[case("<h1 align=center>Title</h1>", "a.md", "text/markdown")]
#[case("<!doctype html><p>", "a.md", "text/html")]
#[case("<p>Begin with <!doctype html>", "a.md", "text/markdown")]
#[case("a;b", "a.csv", "text/csv")]
#[case("{}", "a.json", "application/json")]
#[case("words", "a.json", "text/plain")]
#[case("words", "a.html", "text/plain")]
#[case("words", "md", "text/plain")]
fn the_name_only_chooses_among_texts(#[case] text: &str, #[case] name: &str, #[case] expected: &str) {
    assert_eq!(told(text.as_bytes(), Some(name)), expected);
}

#[test]
fn a_head_cut_inside_a_character_is_text() {
    let text = "é".repeat(100);
    assert_eq!(told(&text.as_bytes()[..199], None), "text/plain");
}

#[test]
fn white_space_is_tidied_and_unseen_characters_go() {
    let text = "  a\u{a0}\t b\0c\r\n\r\n\n\n d\u{ad}e \u{feff} \n f \n\n";
    assert_eq!(lines(|lines| lines.push_laid_out(text)), "a bc\n\nde\nf");
    assert_eq!(lines(|lines| lines.push(text)), "a bc de f");
}

#[test]
fn pages_are_kept_apart_though_they_are_empty() {
    let mut lines = Lines::new(7);
    for text in ["a", "", "b c", "more than there is room for"] {
        lines.page();
        lines.push(text);
        lines.paragraph();
    }
    let pages = [("", false), ("a", false), ("", false), ("b c", true)].map(|(page, is_cut)| (page.to_owned(), is_cut));
    assert_eq!(lines.take_pages(), pages);
}

#[test]
fn lines_never_exceed_their_cap() {
    let mut lines = Lines::new(5);
    lines.push("ab éé");
    assert!(lines.is_full());
    assert_eq!(lines.take(), ("ab é".to_owned(), true));
}

#[rstest]
#[case::utf8("naïve".as_bytes(), "naïve")]
#[case::utf8_with_a_mark(b"\xef\xbb\xbfna\xc3\xafve", "naïve")]
#[case::latin1(b"Stra\xdfe in M\xfcnchen", "Straße in München")]
#[case::windows(b"\x93Caf\xe9\x94 \x96 d\xe9j\xe0 vu", "“Café” – déjà vu")]
#[case::cyrillic(b"\xcc\xee\xf1\xea\xe2\xe0 \xe3\xee\xf0\xee\xe4 \xed\xe0 \xf0\xe5\xea\xe5", "Москва город на реке")]
#[case::utf16(b"\xff\xfeh\0\xe9\0", "hé")]
#[case::utf16_without_a_mark(b"h\0e\0l\0l\0o\0 \0y\0o\0u\0", "hello you")]
#[case::declared(b"<meta charset=\"iso-8859-2\"><p>\xb1", "<meta charset=\"iso-8859-2\"><p>ą")]
#[case::utf8_though_declared_otherwise(b"<meta charset=latin1>\xc3\xa9", "<meta charset=latin1>é")]
#[case::cut_inside_a_character(b"na\xc3", "na\u{fffd}")]
#[case::said_to_be_wide(
    b"<meta charset=utf-16><p>Stra\xdfe f\xfcr gr\xf6\xdfere G\xe4rten",
    "<meta charset=utf-16><p>Straße für größere Gärten"
)]
fn encodings_are_found(#[case] bytes: &[u8], #[case] expected: &str) {
    assert_eq!(decode::text(bytes).0, expected);
}

#[test]
fn html_gives_its_text_without_scripts_and_styles() {
    let page = "<!doctype html><title>A &amp; B</title><style>p{}</style><script>if (a<b) x('</p>')</script>\
        <p>One <b>bold</b>word<br>two&nbsp;three<!-- no --><table><tr><td>1<td>2<tr><td>3</table>\
        <img alt='a tram' src=x><pre>l1\n  l2</pre><script/>end<script>unclosed";
    let expected = "A & B\n\nOne boldword\ntwo three\n\n1 | 2\n3\n\na tram\n\nl1\nl2\n\nend";
    assert_eq!(lines(|lines| html::strip(page, lines)), expected);
}

#[test]
fn markdown_gives_its_text_without_markup() {
    let page = "---\ntitle: Trams\n---\n# A *big* title\n\nSee [the page](https://x.example) and\n`code`.\n\n- one\n- two\n\n\
        | a | b |\n|---|---|\n| 1 | 2 |\n\n<div>raw <b>html</b>\n<script>\nx()\n</script></div>\n\n```\nfn  x\n  y\n```\n![a tram](t.png)";
    let expected = "title: Trams\n\nA big title\n\nSee the page and code.\n\none\ntwo\n\na | b\n1 | 2\n\nraw html\n\nfn x\ny\n\na tram";
    assert_eq!(lines(|lines| markdown::strip(page, lines)), expected);
}

#[test]
fn json_gives_its_names_and_values() {
    let text = r#"{"city": "K\u00f6ln", "trams": [1, 2.5, true, null], "at": {"x": "a"}} "more""#;
    assert_eq!(lines(|lines| assert!(json::says(text, lines))), "city: Köln\ntrams: 1\n2.5\ntrue\nat:\nx: a\nmore");
    for broken in ["{", "{\"a\": }", "[1, 2", "words"] {
        lines(|lines| assert!(!json::says(broken, lines), "{broken}"));
    }
}

#[test]
fn a_text_is_handed_out_in_its_encoding() {
    assert_eq!(text_encoding(b"Stra\xdfe in M\xfcnchen", "text/plain"), Some("windows-1252"));
    assert_eq!(text_encoding("Straße".as_bytes(), "text/csv"), Some("UTF-8"));
    assert_eq!(text_encoding(b"\xff\xfeh\0", "text/plain"), Some("UTF-16LE"));
    assert_eq!(text_encoding(b"%PDF-1.4", "application/pdf"), None);
}

async fn sent(room: usize, send: impl FnOnce(Pages<&mut Vec<u8>>)) -> (Result<Result<(), NoText>, std::io::ErrorKind>, Extraction) {
    let mut bytes = Vec::new();
    send(Pages::new(&mut bytes, room));
    let mut got = Extraction::default();
    let outcome = receive(&mut bytes.as_slice(), 100, &mut got).await;
    (outcome.map_err(|error| error.kind()), got)
}

#[tokio::test]
async fn frames_arrive_as_sent() {
    let (outcome, got) = sent(100, |mut pages| {
        pages.send(("one".to_owned(), false)).unwrap();
        pages.send((String::new(), true)).unwrap();
        pages.send_unread().unwrap();
        pages.send_picture().unwrap();
        pages.read_as("KOI8-U");
        pages.finish(Ok(())).unwrap();
    })
    .await;
    let pages = ["one", "", "", ""].map(str::to_owned).to_vec();
    let expected = Extraction { pages, truncated: true, unread_pages: 1, picture_pages: 1, encoding: Some("KOI8-U".to_owned()) };
    assert_eq!((outcome, got), (Ok(Ok(())), expected));

    for why in [
        NoText::Unsupported,
        NoText::Locked,
        NoText::TooLarge,
        NoText::TooLong,
        NoText::Broken("so it is".to_owned()),
        NoText::NotRun("x".to_owned()),
    ] {
        let (outcome, _) = sent(100, |pages| pages.finish(Err(why.clone())).unwrap()).await;
        assert_eq!(outcome, Ok(Err(why)));
    }
}

#[tokio::test]
async fn a_child_that_sends_too_much_is_not_heard() {
    let (outcome, got) = sent(1_000, |mut pages| {
        pages.send(("a".repeat(60), false)).unwrap();
        pages.send(("b".repeat(60), false)).unwrap();
    })
    .await;
    assert_eq!(outcome, Err(std::io::ErrorKind::Other));
    assert_eq!(got.pages.len(), 1);
}

#[test]
fn limits_survive_the_environment() {
    let limits = Limits { file_bytes: 1, unpacked_bytes: 2, text_bytes: 3, memory_bytes: 4, cpu_s: 5, ..Limits::default() };
    assert_eq!(Limits::from_variable(&limits.to_variable()), Some(limits));
    assert_eq!(Limits::from_variable("1 2 3 4 5 6"), None);
    assert_eq!(Limits::from_variable("1 2"), None);
}
