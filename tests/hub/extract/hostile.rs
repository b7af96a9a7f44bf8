//! Documents made to crash, hang or bloat. Each must give a clear result, never take the hub with it.

use super::files::{docx, odt, pdf, pdf_of, shows, stream, zipped, zlib};
use super::{DOCX, ODT, in_encoding, limits, text_of, whole};
use futures_util::future::join_all;
use hansa::extract::{Extraction, Extractor, Limits, NoText};
use std::path::{Path, PathBuf};
use std::time::Duration;

const PDF: &str = "application/pdf";

#[tokio::test]
async fn a_zip_bomb_is_too_large() {
    let small = Limits { unpacked_bytes: 1 << 20, ..limits() };
    let bomb = "<w:p/>".repeat(1 << 20);
    assert_eq!(text_of(&docx(&bomb), DOCX, small).await, Err(NoText::TooLarge));
    let bomb = " ".repeat(2 << 20);
    assert_eq!(text_of(&odt(&bomb), ODT, small).await, Err(NoText::TooLarge));
    assert_eq!(text_of(&zipped(&[("META-INF/manifest.xml", bomb.as_bytes())]), ODT, small).await, Err(NoText::TooLarge));
}

#[tokio::test]
async fn a_document_of_too_much_text_is_cut() {
    let small = Limits { text_bytes: 1_000, ..limits() };
    let got = text_of(&docx(&"<w:p><w:r><w:t>tram</w:t></w:r></w:p>".repeat(10_000)), DOCX, small).await.unwrap();
    assert!(got.truncated && got.pages.len() == 1 && got.pages[0].len() == 999);
    let got = text_of(&pdf_of(&vec![shows(&["x".repeat(50).as_str(); 6]); 5]), PDF, small).await.unwrap();
    assert!(got.truncated);
    assert_eq!(got.pages.iter().map(String::len).collect::<Vec<_>>(), [305, 305, 305, 85]);
}

#[tokio::test]
async fn a_line_of_fifty_megabytes_is_cut() {
    let line = vec![b'a'; 50 << 20];
    for media_type in ["text/plain", "text/markdown", "text/html"] {
        let got = text_of(&line, media_type, limits()).await.unwrap();
        assert!(got.truncated && got.pages[0].len() == 4 << 20, "{media_type}");
    }
    assert_eq!(text_of(&line, "text/plain", Limits { file_bytes: 1 << 20, ..limits() }).await, Err(NoText::TooLarge));
}

#[tokio::test]
async fn entities_are_not_expanded() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><x><w:p><w:t>&b;&c;</w:t></w:p></x>";
    let got = text_of(&zipped(&[("word/document.xml", laughs.as_bytes())]), DOCX, limits()).await;
    assert!(matches!(got, Err(NoText::Broken(why)) if why.contains("type definition")));
    let bare = "<x><w:p><w:r><w:t>a&b;&#0;&#x110000;&lt;</w:t></w:r></w:p></x>";
    assert_eq!(text_of(&zipped(&[("word/document.xml", bare.as_bytes())]), DOCX, limits()).await, whole("a<"));
}

#[tokio::test]
async fn a_hundred_thousand_nested_elements_are_read() {
    let nest = |open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000));
    let text = "<w:p><w:r><w:t>deep</w:t></w:r></w:p>";
    assert_eq!(text_of(&docx(&nest("<w:sdt>", text, "</w:sdt>")), DOCX, limits()).await, whole("deep"));
    assert_eq!(text_of(&odt(&nest("<text:p>", "deep", "</text:p>")), ODT, limits()).await, whole("deep"));
    for tag in ["div", "b", "table", "pre", "svg", "template"] {
        let page = nest(&format!("<{tag}>"), "deep", &format!("</{tag}>"));
        assert_eq!(text_of(page.as_bytes(), "text/html", limits()).await, in_encoding("UTF-8", "deep"), "{tag}");
    }
}

#[tokio::test]
async fn nested_markdown_ends_one_way_or_another() {
    for (open, close) in [(">", ""), ("[", "]"), ("*a ", ""), ("- ", ""), ("`a``", ""), ("<a ", ""), ("![", "](x)"), ("|", "\n|-")] {
        let text = format!("{}deep{}", open.repeat(100_000), close.repeat(100_000));
        let got = text_of(text.as_bytes(), "text/markdown", Limits { cpu_s: 3, ..limits() }).await;
        assert!(matches!(got, Ok(_) | Err(NoText::TooLong | NoText::TooLarge)), "{open}: {got:?}");
    }
}

#[tokio::test]
async fn a_truncated_or_garbled_file_is_broken() {
    let file = pdf_of(&[shows(&["text"])]);
    for cut in [9, 60] {
        let got = text_of(&file[..cut], PDF, limits()).await;
        assert!(matches!(got, Err(NoText::Broken(_))), "{cut}: {got:?}");
    }
    // Where the objects are there, their table is made anew.
    assert_eq!(text_of(&file[..file.len() - 40], PDF, limits()).await, whole("text"));
    let file = docx("<w:p/>");
    for bytes in [b"".as_slice(), b"\0\0\0\0", b"%PDF-1.4", b"PK\x03\x04", &file[..file.len() / 2]] {
        for media_type in [PDF, DOCX, ODT] {
            let got = text_of(bytes, media_type, limits()).await;
            assert!(matches!(got, Err(NoText::Broken(_))), "{media_type}: {got:?}");
        }
    }
    let open = zipped(&[("word/document.xml", b"<w:p><w:r><w:t>text</w:r></w:p>")]);
    assert!(matches!(text_of(&open, DOCX, limits()).await, Err(NoText::Broken(_))));
}

/// Whether nothing was found, one way or another.
fn is_nothing(got: &Result<Extraction, NoText>) -> bool {
    match got {
        Ok(text) => text.pages.iter().all(String::is_empty),
        Err(why) => matches!(why, NoText::Broken(_) | NoText::TooLong),
    }
}

#[tokio::test]
async fn a_pdf_that_refers_to_itself_gives_nothing() {
    let few = Limits { cpu_s: 5, ..limits() };
    let catalogue = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let kids_of_itself = b"<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] /MediaBox [0 0 1 1] >>".to_vec();
    let got = text_of(&pdf(&[catalogue.clone(), kids_of_itself]), PDF, few).await;
    assert!(is_nothing(&got), "{got:?}");

    let pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec();
    let parent_of_itself = b"<< /Type /Page /Parent 3 0 R >>".to_vec();
    let got = text_of(&pdf(&[catalogue, pages, parent_of_itself]), PDF, few).await;
    assert!(is_nothing(&got), "{got:?}");

    let form_of_itself = stream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >>", b"/X Do");
    let got = text_of(&pdf_of(&[form_of_itself]), PDF, few).await;
    assert!(is_nothing(&got), "{got:?}");
}

#[tokio::test]
async fn a_deeply_nested_pdf_is_broken_or_read() {
    let deep = format!("{}{} (x) Tj", "[".repeat(100_000), "]".repeat(100_000));
    let got = text_of(&pdf_of(&[stream("", deep.as_bytes())]), PDF, limits()).await;
    assert!(matches!(got, Ok(_) | Err(NoText::Broken(_))), "{got:?}");
}

#[tokio::test]
async fn a_bad_page_costs_only_itself() {
    let bad = stream("", b"BT /F 12 Tf 50 700 Td (before) Tj ET /Absent gs ] >> (x [ /Absent Do BT /F (y) Tf 1 Tj");
    let got = text_of(&pdf_of(&[shows(&["one"]), bad, shows(&["three"])]), PDF, limits()).await.unwrap();
    assert_eq!((got.pages[0].as_str(), got.pages[2].as_str()), ("one", "three"));
    assert!(got.pages[1].starts_with("before"), "{got:?}");
}

/// A page that draws a form of forms of forms: two to the power of thirty of them.
fn endless(first: usize) -> (Vec<u8>, Vec<Vec<u8>>) {
    let forms = (0..30).map(|depth| {
        let next = first + depth + 1;
        let resources =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> /XObject << /X {next} 0 R >> >>");
        stream(&resources, b"/X Do /X Do")
    });
    let last =
        stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>", b"BT /F 12 Tf 1 1 Td (x) Tj ET");
    (stream("", b"/X Do"), forms.chain([last]).collect())
}

#[tokio::test]
async fn a_page_that_takes_too_long_leaves_the_pages_before() {
    // Objects 8 and on are the forms; the second page draws the first of them.
    let (content, forms) = endless(8);
    let page = |stream: usize| {
        let resources = format!("/Resources << /Font << /F 3 0 R >> /XObject << /X 8 0 R >> >> /Contents {stream} 0 R");
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {resources} >>").into_bytes()
    };
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 2 /Kids [4 0 R 6 0 R] >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        page(5),
        shows(&["one"]),
        page(7),
        content,
    ];
    objects.extend(forms);
    let got = text_of(&pdf(&objects), PDF, Limits { cpu_s: 3, ..limits() }).await.unwrap();
    assert_eq!((got.pages, got.truncated), (vec!["one".to_owned()], true));
}

#[tokio::test]
async fn a_stream_that_unpacks_beyond_the_memory_is_too_large() {
    let bomb = stream("/Filter /FlateDecode", &zlib(&vec![b' '; 96 << 20]));
    let got = text_of(&pdf_of(&[bomb]), PDF, Limits { memory_bytes: 64 << 20, ..limits() }).await;
    assert_eq!(got, Err(NoText::TooLarge));
}

#[tokio::test]
async fn a_document_that_takes_too_much_work_is_ended() {
    let names: Vec<String> = (0..200_000).map(|number| format!("a{number}")).collect();
    let page = format!("<p {}>text", names.join(" "));
    let got = text_of(page.as_bytes(), "text/html", Limits { cpu_s: 1, ..limits() }).await;
    assert_eq!(got, Err(NoText::TooLong));
}

#[tokio::test]
async fn zero_bytes_are_left_out() {
    assert_eq!(text_of(b"a\0b\0\0c d", "text/plain", limits()).await, in_encoding("UTF-8", "abc d"));
    assert_eq!(text_of(b"<p>a\0b", "text/html", limits()).await, in_encoding("UTF-8", "ab"));
    assert_eq!(text_of(&vec![0; 1 << 20], "text/plain", limits()).await, in_encoding("UTF-8", ""));
}

#[tokio::test]
async fn only_regular_files_are_opened() {
    let extractor = Extractor::new(limits(), 1).unwrap().with_program(env!("CARGO_BIN_EXE_hansa"));
    for path in ["/dev/zero", "/", "/no/such/file"] {
        let got = extractor.text_of(Path::new(path), "text/plain").await;
        assert!(matches!(got, Err(NoText::NotRun(_))), "{path}: {got:?}");
    }
}

/// An extractor whose children are one of the scripts beside this file.
fn with_script(name: &str, limits: Limits) -> Extractor {
    let script: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/hub/extract", name].iter().collect();
    Extractor::new(limits, 1).unwrap().with_program(script)
}

#[tokio::test]
async fn a_child_that_hangs_is_ended() {
    let extractor = with_script("hangs.sh", Limits { time: Duration::from_millis(300), ..limits() });
    assert_eq!(extractor.text_of(Path::new(file!()), "text/plain").await, Err(NoText::TooLong));
}

#[tokio::test]
async fn a_child_that_floods_is_ended() {
    let got = with_script("floods.sh", limits()).text_of(Path::new(file!()), "text/plain").await;
    assert!(matches!(got, Err(NoText::Broken(_))), "{got:?}");
}

#[tokio::test]
async fn children_are_this_program_unless_told_otherwise() {
    // The program of these tests knows no `extract-text`: it starts, and says nothing of use.
    let got = Extractor::new(limits(), 1).unwrap().text_of(Path::new(file!()), "text/plain").await;
    assert_eq!(got, Err(NoText::Broken("the reader ended early".to_owned())));
}

#[tokio::test]
async fn children_run_one_at_a_time_and_know_no_settings() {
    let lock = tempfile::tempdir().unwrap();
    let file = lock.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let extractor = with_script("alone.sh", limits());
    for got in join_all((0..4).map(|_| extractor.text_of(&file, "text/plain"))).await {
        assert_eq!(got, whole("alone"));
    }
}
