//! Documents made on the fly.

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What an office program puts around its encrypted documents: an OLE file with one entry.
pub fn ole(entry: &str) -> Vec<u8> {
    let name: Vec<u8> = entry.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(1_024, 0);
    file.extend(name);
    file.resize(2_048, 0);
    file
}

/// A zipped document of these parts; `mimetype` is stored, as ODF wants it.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A PDF of one page of this content and this font, and further objects from number 6; `page` and `catalogue` are entries of theirs.
pub fn page_in(content: &[u8], font: &str, more: &[Vec<u8>], page: &str, catalogue: &str) -> Vec<u8> {
    let resources = "/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>";
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents 4 0 R {page} >>").into_bytes(),
        stream("", content),
        font.as_bytes().to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// The font of plain Latin letters that every reader has.
pub const HELVETICA: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A font that numbers its letters as it likes (object 5) and what it refers to (objects 6 to 8): which letters they are is told by a
/// table of their own, or by a collection's name.
pub fn composite(letters: &[(u32, char)], encoding: &str, widths: &str, ordering: &str, tells: bool) -> (String, Vec<Vec<u8>>) {
    let to_unicode = if tells { "/ToUnicode 8 0 R" } else { "" };
    let font =
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Some /Encoding {encoding} /DescendantFonts [6 0 R] {to_unicode} >>");
    let info = format!("<< /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >>");
    let below =
        format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Some /CIDSystemInfo {info} /FontDescriptor 7 0 R {widths} >>");
    let descriptor = "<< /Type /FontDescriptor /FontName /AAAAAA+Some /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>";
    let wide = letters.iter().any(|(code, _)| *code > 255) || encoding.starts_with('/');
    let width = if wide { 4 } else { 2 };
    let pairs: Vec<String> = letters
        .iter()
        .map(|(code, letter)| {
            let units: Vec<String> = letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
            format!("<{code:0width$X}> <{}>", units.concat())
        })
        .collect();
    let span = if wide { "<0000> <FFFF>" } else { "<00> <FF>" };
    let table = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange\n{span}\nendcodespacerange\n{} beginbfchar\n{}\nendbfchar\nendcmap end end\n",
        pairs.len(),
        pairs.join("\n")
    );
    (font, vec![below.into_bytes(), descriptor.as_bytes().to_vec(), stream("", table.as_bytes())])
}

/// A DOCX with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// An ODT with this text.
pub fn odt(text: &str) -> Vec<u8> {
    let content =
        format!("<office:document-content><office:body><office:text>{text}</office:text></office:body></office:document-content>");
    zipped(&[("mimetype", super::ODT.as_bytes()), ("content.xml", content.as_bytes())])
}

/// A zlib stream of these bytes.
pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(zipped(&[("x", bytes)]))).unwrap();
    let mut stream = vec![0x78, 0x9c];
    zip.by_index_raw(0).unwrap().read_to_end(&mut stream).unwrap();
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
pub fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    file
}

/// A stream object.
pub fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    [format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// A PDF with one page for each of these content streams.
pub fn pdf_of(contents: &[Vec<u8>]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 600 800] >>", kids.len(), kids.join(" ")).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (page, content) in contents.iter().enumerate() {
        let stream = 5 + page * 2;
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents {stream} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /X {stream} 0 R >> >> >>"
        );
        objects.push(page.into_bytes());
        objects.push(content.clone());
    }
    pdf(&objects)
}

/// The content stream of a page that shows these lines.
pub fn shows(lines: &[&str]) -> Vec<u8> {
    let lines: Vec<String> = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td")).collect();
    stream("", format!("BT /F 12 Tf 50 700 Td {} ET", lines.join(" ")).as_bytes())
}

/// A PDF of one page, encrypted so that this password opens it.
pub fn encrypted_pdf(line: &str, password: &str) -> Vec<u8> {
    let mut document = identified(line);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    saved(document)
}

/// A PDF of one page that everyone may open and nobody change; how long its key is, is told by its filter alone.
pub fn protected_pdf(line: &str) -> Vec<u8> {
    let mut document = identified(line);
    let filter: Arc<dyn CryptFilter> = Arc::new(Aes128CryptFilter);
    let version = EncryptionVersion::V4 {
        document: &document,
        encrypt_metadata: true,
        crypt_filters: [(b"StdCF".to_vec(), filter)].into(),
        stream_filter: b"StdCF".to_vec(),
        string_filter: b"StdCF".to_vec(),
        owner_password: "owner",
        user_password: "",
        permissions: Permissions::empty(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let told = document.trailer.get(b"Encrypt").and_then(Object::as_reference).unwrap();
    document.get_object_mut(told).and_then(Object::as_dict_mut).unwrap().remove(b"Length");
    saved(document)
}

fn identified(line: &str) -> Document {
    let mut document = Document::load_mem(&pdf_of(&[shows(&[line])])).unwrap();
    let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    document
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}
