//! Documents as people write them.

use super::files::{docx, encrypted_pdf, odt, pdf_of, protected_pdf, shows, stream, zipped};
use super::{DOCX, ODT, in_encoding, limits, media_type, text_of, whole};
use hansa::extract::{Extraction, NoText};

#[tokio::test]
async fn a_pdf_gives_its_pages_in_order() {
    let file = pdf_of(&[shows(&["Action plan", "for M\\374nchen"]), stream("", b""), shows(&["Annex"])]);
    assert_eq!(media_type(&file), "application/pdf");
    let pages = ["Action plan\nfor München", "", "Annex"].map(str::to_owned).to_vec();
    assert_eq!(text_of(&file, "application/pdf", limits()).await, Ok(Extraction { pages, ..Extraction::default() }));
}

#[tokio::test]
async fn a_docx_gives_paragraphs_tables_and_notes() {
    let body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Trams &amp; b</w:t></w:r><w:r><w:t>uses</w:t><w:tab/><w:t>2018</w:t></w:r></w:p>\n\
        <w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:delText>gone</w:delText><w:instrText>PAGE</w:instrText></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>d&#233;</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>";
    let file = docx(body);
    assert_eq!(media_type(&file), DOCX);
    assert_eq!(text_of(&file, DOCX, limits()).await, whole("Trams & buses 2018\nOne\ntwo\na b | c\ndé\nbox"));

    let part = |text: &str| format!("<x><w:p><w:r><w:t>{text}</w:t></w:r></w:p></x>").into_bytes();
    let file =
        zipped(&[("word/document.xml", &part("body")), ("word/footnotes.xml", &part("note")), ("word/comments.xml", &part("comment"))]);
    assert_eq!(text_of(&file, DOCX, limits()).await, whole("body\n\nnote"));
}

#[tokio::test]
async fn an_odt_gives_headings_lists_tables_and_notes() {
    let text = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Trams</text:h>\n\
        <text:p>One<text:s text:c=\"3\"/>two<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>\
        <text:line-break/>three <text:span>fo</text:span>ur</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>";
    let file = odt(text);
    assert_eq!(media_type(&file), ODT);
    assert_eq!(text_of(&file, ODT, limits()).await, whole("Trams\n\nOne two\nnote\nthree four\nitem\na | b"));
}

#[tokio::test]
async fn texts_of_any_encoding_are_read() {
    assert_eq!(
        text_of(b"Stra\xdfe\r\nin K\xf6ln", "text/plain; charset=utf-8", limits()).await,
        in_encoding("windows-1252", "Straße\nin Köln")
    );
    assert_eq!(text_of(b"\xff\xfe#\0 \0h\0\xe9\0", "text/markdown", limits()).await, in_encoding("UTF-16LE", "hé"));
    assert_eq!(text_of(b"<p>a<p>b", "text/html", limits()).await, in_encoding("UTF-8", "a\n\nb"));
    assert_eq!(text_of(b"", "text/plain", limits()).await, in_encoding("UTF-8", ""));
    assert_eq!(text_of(b"{\"a\": \"\\u00e9\"}", "application/json", limits()).await, in_encoding("UTF-8", "a: é"));
}

#[tokio::test]
async fn locked_and_other_documents_say_so() {
    let manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let file = zipped(&[("mimetype", ODT.as_bytes()), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    assert_eq!(text_of(&file, ODT, limits()).await, Err(NoText::Locked));
    let pdf = "application/pdf";
    let got = text_of(&encrypted_pdf("secret", "word"), pdf, limits()).await;
    assert_eq!(got, Err(NoText::Locked));
    let got = text_of(&encrypted_pdf("open", ""), pdf, limits()).await;
    assert_eq!(got, whole("open"));
    assert_eq!(text_of(&protected_pdf("protected"), pdf, limits()).await, whole("protected"));
    assert_eq!(text_of(b"x", "image/png", limits()).await, Err(NoText::Unsupported));
}
