//! Documents of office programs, and books: told by their content, read in their order, locked where they are.

use super::files::{docx, odt, ole, zipped};
use super::{DOCX, ODT, limits, media_type, text_of, whole};
use hansa::extract::{Extraction, Extractor, NoText};
use rstest::rstest;

const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
const ODP: &str = "application/vnd.oasis.opendocument.presentation";
const EPUB: &str = "application/epub+zip";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The text of what these bytes are found to be, which is of this type.
async fn read(bytes: &[u8], expected: &str) -> Result<Extraction, NoText> {
    assert_eq!(media_type(bytes), expected);
    text_of(bytes, expected, limits()).await
}

fn pages(pages: &[&str]) -> Result<Extraction, NoText> {
    Ok(Extraction { pages: pages.iter().map(|page| (*page).to_owned()).collect(), ..Extraction::default() })
}

/// A list of relations: id, the last word of the kind, target.
fn relations(of: &[(&str, &str, &str)]) -> String {
    let each = of.iter().map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>"));
    format!("<Relationships>{}</Relationships>", each.collect::<String>())
}

fn types(main: &str, kind: &str) -> String {
    format!("<Types><Override PartName=\"/{main}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>")
}

const WORDS: &str = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>words</w:t></w:r></w:p></w:body></w:document>";

#[tokio::test]
async fn a_docx_is_told_wherever_its_parts_stand() {
    let picture: Vec<u8> = (0..200_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let (list, root) =
        (types("word/document.xml", "wordprocessingml.document"), relations(&[("r1", "officeDocument", "word/document.xml")]));
    let usual = ("word/document.xml", WORDS.as_bytes());
    let of_package = [("_rels/.rels", root.as_bytes()), ("[Content_Types].xml", list.as_bytes())];
    let file = zipped(&[("word/media/image1.png", &picture), usual, of_package[0], of_package[1]]);
    assert_eq!(read(&file, DOCX).await, whole("words"));
    let file = zipped(&[("customXml/item1.xml", &picture), of_package[1], of_package[0], usual]);
    assert_eq!(read(&file, DOCX).await, whole("words"));
    let (list, root) = (types("doc/main.xml", "wordprocessingml.document"), relations(&[("r1", "officeDocument", "/doc/main.xml")]));
    let file = zipped(&[("[Content_Types].xml", list.as_bytes()), ("_rels/.rels", root.as_bytes()), ("doc/main.xml", WORDS.as_bytes())]);
    assert_eq!(read(&file, DOCX).await, whole("words"));
    // What stands before the zip, as a mail's headers, is no part of it; a comment behind it neither.
    let mut file = zipped(&[of_package[1], of_package[0], usual]);
    let end = file.len() - 2;
    file[end] = 5;
    file.extend(b"aside");
    assert_eq!(read(&file, DOCX).await, whole("words"));
}

#[tokio::test]
async fn a_docx_reads_moved_text_once_and_keeps_hyphens() {
    let moved = "<w:p><w:moveFrom><w:r><w:t>Budget.</w:t></w:r></w:moveFrom></w:p><w:p><w:r><w:t>It stays.</w:t></w:r></w:p>\
        <w:p><w:moveTo><w:r><w:t>Budget.</w:t></w:r></w:moveTo></w:p>";
    assert_eq!(read(&docx(moved), DOCX).await, whole("It stays.\nBudget."));
    let run = |inner: &str| format!("<w:p><w:r>{inner}</w:r></w:p>");
    let hyphens = [
        run("<w:t>1</w:t><w:noBreakHyphen/><w:t>24 hours</w:t>"),
        run("<w:t>Nord</w:t><w:noBreakHyphen/><w:t>Pas</w:t>"),
        run("<w:t>soft</w:t><w:softHyphen/><w:t>ened</w:t>"),
        run("<w:t>a</w:t><w:sym w:font=\"Symbol\" w:char=\"2264\"/><w:t>b</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/><w:t>c</w:t>"),
    ];
    assert_eq!(read(&docx(&hyphens.concat()), DOCX).await, whole("1-24 hours\nNord-Pas\nsoftened\na≤b c"));
}

#[tokio::test]
async fn page_headers_are_read_once() {
    let part = |text: &str| format!("<x><w:p><w:r><w:t>{text}</w:t></w:r></w:p></x>");
    let (list, root) =
        (types("word/document.xml", "wordprocessingml.document"), relations(&[("r1", "officeDocument", "word/document.xml")]));
    let related = relations(&[
        ("a", "header", "header1.xml"),
        ("b", "header", "header2.xml"),
        ("c", "footer", "footer1.xml"),
        ("d", "comments", "comments.xml"),
    ]);
    let (header, footer, comment) = (part("File 7/2018"), part("City of Lyon"), part("hm"));
    let file = zipped(&[
        ("[Content_Types].xml", list.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", WORDS.as_bytes()),
        ("word/_rels/document.xml.rels", related.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
        ("word/header2.xml", header.as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
        ("word/comments.xml", comment.as_bytes()),
    ]);
    assert_eq!(read(&file, DOCX).await, whole("words\n\nCity of Lyon\n\nFile 7/2018"));

    let styles = "<s><style:master-page><style:header><text:p>File 7/2018</text:p></style:header></style:master-page></s>";
    let content = "<c><text:p>words</text:p></c>";
    let file = zipped(&[("mimetype", ODT.as_bytes()), ("content.xml", content.as_bytes()), ("styles.xml", styles.as_bytes())]);
    assert_eq!(read(&file, ODT).await, whole("words\n\nFile 7/2018"));
}

#[tokio::test]
async fn an_odt_is_told_by_its_manifest_too() {
    let manifest =
        format!("<manifest:manifest><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{ODT}\"/></manifest:manifest>");
    let content = ("content.xml", b"<c><text:p>words</text:p></c>".as_slice());
    let manifest = ("META-INF/manifest.xml", manifest.as_bytes());
    for file in [zipped(&[content, manifest]), zipped(&[content, manifest, ("mimetype", ODT.as_bytes())])] {
        assert_eq!(read(&file, ODT).await, whole("words"));
    }
    let picture =
        "<text:p>Before<draw:frame><draw:image/><svg:title>Title</svg:title><svg:desc>What is on it</svg:desc></draw:frame>after</text:p>";
    assert_eq!(read(&odt(picture), ODT).await, whole("Before Title What is on it after"));
}

#[tokio::test]
async fn slides_are_read_in_the_order_of_the_show() {
    let slide = |text: &str| {
        format!("<p:sld><p:sp><a:p><a:r><a:t>{text}</a:t></a:r><a:fld type=\"slidenum\"><a:t>9</a:t></a:fld></a:p></p:sp></p:sld>")
    };
    let show = "<p:presentation xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r3\"/><p:sldId id=\"257\" r:id=\"r1\"/><p:sldId id=\"258\" r:id=\"r2\"/></p:sldIdLst></p:presentation>";
    let (list, root) =
        (types("ppt/presentation.xml", "presentationml.presentation"), relations(&[("a", "officeDocument", "ppt/presentation.xml")]));
    let slides =
        relations(&[("r1", "slide", "slides/slide1.xml"), ("r2", "slide", "slides/slide2.xml"), ("r3", "slide", "slides/slide3.xml")]);
    let of_first = relations(&[("n", "notesSlide", "../notesSlides/notes1.xml"), ("d", "diagramData", "../diagrams/data1.xml")]);
    let (one, three) = (slide("second"), slide("first"));
    let (notes, diagram) = (slide("say hello"), "<x><dgm:pt><a:p><a:t>step</a:t></a:p></dgm:pt></x>");
    let file = zipped(&[
        ("[Content_Types].xml", list.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("ppt/presentation.xml", show.as_bytes()),
        ("ppt/_rels/presentation.xml.rels", slides.as_bytes()),
        ("ppt/slides/slide1.xml", one.as_bytes()),
        ("ppt/slides/_rels/slide1.xml.rels", of_first.as_bytes()),
        ("ppt/slides/slide2.xml", b"<p:sld/>"),
        ("ppt/slides/slide3.xml", three.as_bytes()),
        ("ppt/notesSlides/notes1.xml", notes.as_bytes()),
        ("ppt/diagrams/data1.xml", diagram.as_bytes()),
    ]);
    assert_eq!(read(&file, PPTX).await, pages(&["first", "second\n\nsay hello\n\nstep", ""]));

    let slides = "<office:presentation><draw:page draw:name=\"page1\"><draw:text-box><text:p>one<text:page-number>1</text:page-number></text:p></draw:text-box>\
        <presentation:notes><text:p>note</text:p></presentation:notes></draw:page><draw:page/><draw:page><text:p>three</text:p></draw:page></office:presentation>";
    let file = zipped(&[("mimetype", ODP.as_bytes()), ("content.xml", slides.as_bytes())]);
    assert_eq!(read(&file, ODP).await, pages(&["one\nnote", "", "three"]));
}

#[tokio::test]
async fn sheets_are_read_by_rows_with_dates() {
    let (list, root) = (types("xl/workbook.xml", "spreadsheetml.sheet"), relations(&[("a", "officeDocument", "xl/workbook.xml")]));
    let book = format!(
        "<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Costs\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Far\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
    );
    let parts = relations(&[
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "worksheet", "worksheets/sheet2.xml"),
        ("s", "sharedStrings", "sharedStrings.xml"),
        ("t", "styles", "styles.xml"),
    ]);
    let strings = "<sst><si><t>Trams &amp; buses</t></si><si><r><t xml:space=\"preserve\">Rain </t></r><r><t>gardens</t></r></si></sst>";
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let first = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12.5</v></c><c r=\"D1\" s=\"1\"><v>43299</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>inline</t></is></c><c r=\"C3\" t=\"b\"><v>1</v></c></row></sheetData></worksheet>";
    // Two corners of a grid of seventeen billion cells.
    let far = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let file = zipped(&[
        ("[Content_Types].xml", list.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", first.as_bytes()),
        ("xl/worksheets/sheet2.xml", far.as_bytes()),
    ]);
    assert_eq!(read(&file, XLSX).await, pages(&["Costs\nTrams & buses | 12.5 | 2018-07-18\nRain gardens | inline | true", "Far\n1\n2"]));

    let sheets = "<office:spreadsheet><table:table table:name=\"Costs\"><table:table-row><table:table-cell><text:p>Trams</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"1000000\"/><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>\
        <table:table table:name=\"Empty\"/></office:spreadsheet>";
    let file = zipped(&[("mimetype", ODS.as_bytes()), ("content.xml", sheets.as_bytes())]);
    assert_eq!(read(&file, ODS).await, pages(&["Costs\nTrams | 12", "Empty"]));
}

#[tokio::test]
async fn a_book_is_read_in_its_order() {
    let container = "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";
    let book = "<package><manifest><item id=\"a\" href=\"one.xhtml\"/><item id=\"b\" href=\"text/two%20b.xhtml\"/><item id=\"c\" href=\"style.css\"/></manifest>\
        <spine><itemref idref=\"b\"/><itemref idref=\"a\"/></spine></package>";
    let parts = |more: &[(&'static str, &'static [u8])]| {
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("mimetype", EPUB.as_bytes()),
            ("META-INF/container.xml", container.as_bytes()),
            ("OEBPS/book.opf", book.as_bytes()),
            ("OEBPS/one.xhtml", "<html><body><p>Straße</p></body></html>".as_bytes()),
            ("OEBPS/text/two b.xhtml", b"<html><head><title>T</title></head><body><p>first</p></body></html>"),
        ];
        parts.extend(more);
        zipped(&parts)
    };
    assert_eq!(read(&parts(&[]), EPUB).await, pages(&["T\n\nfirst", "Straße"]));
    // Scrambled fonts lock nothing, scrambled chapters do.
    let of_font = b"<encryption><CipherReference URI=\"OEBPS/font.otf\"/></encryption>";
    assert_eq!(read(&parts(&[("META-INF/encryption.xml", of_font)]), EPUB).await, pages(&["T\n\nfirst", "Straße"]));
    let of_text = b"<encryption><CipherReference URI=\"OEBPS/one.xhtml\"/></encryption>";
    assert!(matches!(read(&parts(&[("META-INF/encryption.xml", of_text)]), EPUB).await, Err(NoText::Locked)));
}

#[rstest]
#[case::ansi(
    b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\info{\\title gone}}Stra\\'dfe\\par in {\\b M\\'fcnchen}\\par}",
    "Straße\nin München"
)]
#[case::unicode(b"{\\rtf1\\ansi\\uc1 \\u1055?\\u1083?\\u1072?\\u1085? 2018}", "План 2018")]
#[case::of_its_font(b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 Arial;}}\\f0 \\'cf\\'eb\\'e0\\'ed}", "План")]
#[case::with_a_picture(b"{\\rtf1 before{\\pict\\pngblip 89504e47}{\\*\\generator X;} after}", "before after")]
#[tokio::test]
async fn rtf_is_read_in_its_code_pages(#[case] file: &[u8], #[case] expected: &str) {
    assert_eq!(read(file, "application/rtf").await, whole(expected));
}

#[tokio::test]
async fn what_has_a_password_is_locked() {
    const OLE: &str = "application/x-ole-storage";
    assert_eq!(read(&ole("EncryptedPackage"), OLE).await, Err(NoText::Locked));
    assert_eq!(read(&ole("WordDocument"), OLE).await, Err(NoText::Unsupported));
    let manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    for kind in [ODS, ODP] {
        let file = zipped(&[("mimetype", kind.as_bytes()), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x01")]);
        assert_eq!(read(&file, kind).await, Err(NoText::Locked));
    }
}

#[tokio::test]
async fn damaged_documents_are_broken() {
    for kind in [DOCX, PPTX, XLSX, ODT, ODS, ODP, EPUB, "application/rtf"] {
        assert!(Extractor::supports(kind));
        for bytes in [b"".as_slice(), b"{\\rtf1 {", &zipped(&[("x", b"y")])[..]] {
            let got = text_of(bytes, kind, limits()).await;
            let is_empty = matches!(&got, Ok(text) if text.pages.iter().all(String::is_empty));
            assert!(is_empty || matches!(got, Err(NoText::Broken(_))), "{kind}: {got:?}");
        }
    }
}
