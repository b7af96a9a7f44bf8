//! PDF as programs write it: every family of fonts, operators, tables and directions that lost its text once.

use super::files::{HELVETICA, composite, page_in, pdf_of, shows, stream, zlib};
use super::{limits, media_type, text_of, whole};
use hansa::extract::{Extraction, NoText};

const PDF: &str = "application/pdf";

async fn read(file: &[u8]) -> Result<Extraction, NoText> {
    text_of(file, PDF, limits()).await
}

/// The text of a PDF of one page, read whole.
async fn text(file: &[u8]) -> String {
    let got = read(file).await.expect("it is read");
    assert!(!got.truncated && got.pages.len() == 1, "{got:?}");
    got.pages.concat()
}

fn plain(content: &[u8]) -> Vec<u8> {
    page_in(content, HELVETICA, &[], "", "")
}

fn numbered(word: &str) -> Vec<(u32, char)> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    letters.into_iter().enumerate().map(|(index, letter)| (3 + index as u32, letter)).collect()
}

fn code(letters: &[(u32, char)], letter: char) -> u32 {
    letters.iter().find(|(_, known)| *known == letter).expect("a letter of the font").0
}

#[tokio::test]
async fn letters_that_are_placed_one_by_one_are_a_word() {
    let letters = numbered("Raingarden");
    for widths in ["/DW 0 /W [3 30 600]", "/DW 0 /W [3 6 600 7 30 600]", "/DW 0 /W [3 [600] 4 30 600]", "/DW 600"] {
        let (font, more) = composite(&letters, "/Identity-H", widths, "Identity", true);
        let shown: Vec<String> = "Raingarden".chars().map(|letter| format!("<{:04X}> Tj", code(&letters, letter))).collect();
        let content = format!("BT /F 12 Tf 72 700 Td {} ET", shown.join(" 7.2 0 Td "));
        assert_eq!(text(&page_in(content.as_bytes(), &font, &more, "", "")).await, "Raingarden", "{widths}");
    }
}

#[tokio::test]
async fn codes_of_one_byte_are_read_by_the_table_of_the_font() {
    let letters = [(0x2b, 'H'), (0x48, 'e'), (0x4f, 'l'), (0x52, 'o')];
    for ranges in ["1 begincidrange\n<00> <ff> 0\nendcidrange", "1 begincidrange\n<20> <7f> 32\nendcidrange"] {
        let (font, mut more) = composite(&letters, "9 0 R", "/DW 600", "Identity", true);
        let info = "/Type /CMap /CMapName /OneByteIdentityH /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>";
        let table = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /OneByteIdentityH def /CMapType 1 def\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{ranges}\nendcmap end end\n"
        );
        more.push(stream(info, table.as_bytes()));
        assert_eq!(text(&page_in(b"BT /F 14 Tf 72 700 Td <2B484F4F52> Tj ET", &font, &more, "", "")).await, "Hello");
    }
}

#[tokio::test]
async fn every_way_of_showing_is_read() {
    let lines = b"BT /F 12 Tf 14 TL 72 700 Td (one) Tj (two) ' 0 0 (three) \" T* (four) Tj ET";
    assert_eq!(text(&plain(lines)).await, "one\ntwo\nthree\nfour");
    for between in ["% a comment\n\n", "0 g % black\n  q Q\n", "% note\r\n\r\n", "\0 q Q\n"] {
        let content = format!("BT /F 12 Tf 72 700 Td (first) Tj ET {between} BT /F 12 Tf 72 680 Td (last) Tj ET");
        assert_eq!(text(&plain(content.as_bytes())).await, "first\nlast", "{between:?}");
    }
    let packed = zlib(b"BT /F 12 Tf 72 700 Td (packed) Tj ET");
    for filter in [b"[/FlateDecode]".to_vec(), b"/FlateDecode".to_vec()] {
        let mut file = page_in(b"", HELVETICA, &[filter, stream("/Filter 6 0 R", &packed)], "", "");
        let at = file.windows(15).position(|window| window == b"/Contents 4 0 R").expect("the page's content") + 10;
        file[at] = b'7';
        assert_eq!(text(&file).await, "packed");
    }
}

#[tokio::test]
async fn turned_text_keeps_its_words_and_lines() {
    let table = b"BT /F 12 Tf 0 1 -1 0 100 100 Tm [(Rain)-333(garden)-333(table)] TJ 0 -14 Td (first row) Tj ET";
    assert_eq!(text(&plain(table)).await, "Rain garden table\nfirst row");
    let upside_down = b"BT /F 12 Tf -1 0 0 -1 300 700 Tm (The city) Tj 0 -14 Td (of Athens) Tj ET";
    assert_eq!(text(&plain(upside_down)).await, "The city\nof Athens");
    // A page that is turned as a whole, and one word that is turned by little.
    let file = page_in(b"BT /F 12 Tf 0 1 -1 0 100 100 Tm (a turned page) Tj ET", HELVETICA, &[], "/Rotate 90", "");
    assert_eq!(text(&file).await, "a turned page");
    let slanted = b"BT /F 12 Tf 0.9848 0.1736 -0.1736 0.9848 100 100 Tm [(The)-300(city)-300(of)-300(Athens)] TJ ET";
    assert_eq!(text(&plain(slanted)).await, "The city of Athens");
}

#[tokio::test]
async fn text_is_read_by_where_it_stands_not_by_when_it_is_drawn() {
    // The bold words of a justified line come last.
    let bold_last =
        b"BT /F 10 Tf 1 0 0 1 72 700 Tm (The) Tj 1 0 0 1 110 700 Tm (of) Tj 1 0 0 1 127 700 Tm (Athens) Tj 1 0 0 1 92 700 Tm (city) Tj ET";
    assert_eq!(text(&plain(bold_last)).await, "The city of Athens");
    let spaced_out = b"BT /F 10 Tf 3 Tc 72 700 Td (WATER PLAN) Tj ET";
    assert_eq!(text(&plain(spaced_out)).await, "WATER PLAN");
    let twice = b"BT /F 10 Tf 1 0 0 1 72 700 Tm (bold) Tj 1 0 0 1 72.3 700 Tm (bold) Tj ET";
    assert_eq!(text(&plain(twice)).await, "bold");
    let raised = b"BT /F 10 Tf 72 700 Td (CO) Tj /F 6 Tf -2 Ts (2) Tj 0 Ts /F 10 Tf ( saved) Tj ET";
    assert_eq!(text(&plain(raised)).await, "CO2 saved");
}

#[tokio::test]
async fn columns_are_read_down_and_tables_across() {
    let mut content =
        String::from("BT /F 10 Tf 1 0 0 1 72 760 Tm (A title that stands over both of the columns of this page of the report) Tj ");
    for line in 0..6 {
        let y = 720 - 12 * line;
        content += &format!(
            "1 0 0 1 72 {y} Tm (left column line number {line} goes here) Tj 1 0 0 1 320 {y} Tm (right column line number {line} goes on) Tj "
        );
    }
    let got = text(&plain(format!("{content} ET").as_bytes())).await;
    let place = |words: &str| got.find(words).unwrap_or_else(|| panic!("no {words} in {got}"));
    assert!(place("A title") < place("left column line number 0"), "{got}");
    assert!(place("left column line number 5") < place("right column line number 0"), "{got}");

    let mut content = String::from("BT /F 10 Tf ");
    for (row, (name, number)) in [("Trams", "12"), ("Buses", "30"), ("Boats", "4"), ("Bikes", "900")].iter().enumerate() {
        let y = 720 - 12 * row;
        content += &format!("1 0 0 1 72 {y} Tm ({name}) Tj 1 0 0 1 320 {y} Tm ({number}) Tj ");
    }
    assert_eq!(text(&plain(format!("{content} ET").as_bytes())).await, "Trams 12\nBuses 30\nBoats 4\nBikes 900");
}

#[tokio::test]
async fn words_divided_at_a_lines_end_are_whole() {
    let divided = ["its rainwa-", "tergardens; the muni-", "cipal council of Nord-", "Pas and its long-", "term plan of 2014-", "2020"];
    assert_eq!(
        text(&pdf_of(&[shows(&divided)])).await,
        "its rainwatergardens;\nthe municipal\ncouncil of Nord-Pas\nand its long\u{2010}term\nplan of 2014-2020"
    );
    // The document's other words tell whether a hyphen belongs to the word.
    let told = ["a tax-free and a firefly", "and tax-", "free things and a fire-", "fly"];
    assert_eq!(text(&pdf_of(&[shows(&told)])).await, "a tax-free and a firefly\nand tax-free\nthings and a firefly");
    assert_eq!(text(&pdf_of(&[shows(&["a - b -", "c"])])).await, "a - b -\nc");
}

#[tokio::test]
async fn what_runs_from_right_to_left_is_read_in_its_order() {
    for words in ["דוח רבעוני על מים", "شارع المدينة للمياه", "תכנית 2018 לעיר (Tel Aviv) היום"]
    {
        let letters = numbered(words);
        let (font, more) = composite(&letters, "/Identity-H", "/DW 600", "Identity", true);
        // As it is seen: from right to left, but numbers and Latin letters from left to right.
        let seen: String = words
            .split(' ')
            .rev()
            .map(|word| if word.is_ascii() { word.to_owned() } else { word.chars().rev().collect() })
            .collect::<Vec<String>>()
            .join(" ");
        let seen = seen.replace("Aviv) (Tel", "(Tel Aviv)");
        let shown: String = seen.chars().map(|letter| format!("{:04X}", code(&letters, letter))).collect();
        let file = page_in(format!("BT /F 14 Tf 200 700 Td <{shown}> Tj ET").as_bytes(), &font, &more, "", "");
        assert_eq!(text(&file).await, words);
    }
}

#[tokio::test]
async fn standard_encodings_of_chinese_japanese_and_korean_are_known() {
    let cases = [
        ("UniGB-UCS2-H", "GB1", "城市雨水花园计划", encoding_rs::UTF_16BE),
        ("GBK-EUC-H", "GB1", "城市雨水花园", encoding_rs::GBK),
        ("90ms-RKSJ-H", "Japan1", "都市雨水計画", encoding_rs::SHIFT_JIS),
        ("KSCms-UHC-H", "Korea1", "도시정원계획", encoding_rs::EUC_KR),
        ("ETen-B5-H", "CNS1", "城市雨水花園", encoding_rs::BIG5),
    ];
    for (encoding, ordering, words, codec) in cases {
        let bytes: Vec<u8> = if encoding.contains("UCS2") {
            words.encode_utf16().flat_map(u16::to_be_bytes).collect()
        } else {
            codec.encode(words).0.into_owned()
        };
        let (font, more) = composite(&[(1, 'x')], &format!("/{encoding}"), "/DW 1000", ordering, false);
        let shown: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let file = page_in(format!("BT /F 14 Tf 72 700 Td <{shown}> Tj ET").as_bytes(), &font, &more, "", "");
        assert_eq!(text(&file).await, words, "{encoding}");
    }
}

#[tokio::test]
async fn names_of_glyphs_are_read_by_their_list() {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Some /FirstChar 20 /LastChar 28 /Widths [500 500 500 500 500 500 500 500 500] /FontDescriptor 6 0 R /Encoding << /Type /Encoding /Differences [20 /f_i 22 /uni0161 24 /T_h /fi.alt /u00E9 /uni00660069] >> >>";
    let about = b"<< /Type /FontDescriptor /FontName /ABCDEF+Some /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /MissingWidth 500 >>".to_vec();
    let content = b"BT /F 12 Tf 72 700 Td (\\024nal \\026koda \\030ird \\031eld caf\\032 \\033sh) Tj ET";
    assert_eq!(text(&page_in(content, font, &[about], "", "")).await, "final škoda Third field café fish");
    // An accent is drawn over its letter by old programs.
    let accents = b"BT /F 10 Tf 1 0 0 1 72 700 Tm (caf) Tj 1 0 0 1 86.1 700 Tm (e) Tj 1 0 0 1 87.4 700 Tm (\\264) Tj ET";
    assert_eq!(text(&plain(accents)).await, "café");
}

#[tokio::test]
async fn values_of_forms_and_notes_are_text() {
    let field = |more: &str| {
        format!("<< /Type /Annot /Subtype /Widget /FT /Tx /T (applicant) /V (Lind of Lyon) /DA (/F 12 Tf 0 g) /Rect [72 600 300 620] /F 4 {more} >>").into_bytes()
    };
    let drawn = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources << /Font << /F 5 0 R >> >>",
        b"/Tx BMC q BT /F 12 Tf 2 5 Td (Lind of Lyon) Tj ET Q EMC",
    );
    let content = b"BT /F 12 Tf 72 700 Td (Application) Tj ET";
    let annotated = |objects: &[Vec<u8>]| page_in(content, HELVETICA, objects, "/Annots [6 0 R]", "");
    for file in [annotated(&[field("/AP << /N 7 0 R >>"), drawn]), annotated(&[field("")])] {
        assert_eq!(text(&file).await.split_whitespace().collect::<Vec<_>>().join(" "), "Application Lind of Lyon");
    }
    let note = |kind: &str, flags: u32| {
        format!(
            "<< /Type /Annot /Subtype /{kind} /Contents (\\376\\377\\000S\\000e\\000e\\000 \\001\\141) /Rect [72 600 300 620] /F {flags} >>"
        )
        .into_bytes()
    };
    assert_eq!(text(&annotated(&[note("Text", 4)])).await, "Application\n\nSee š");
    assert_eq!(text(&annotated(&[note("Text", 2)])).await, "Application");
    assert_eq!(text(&annotated(&[note("Popup", 4)])).await, "Application");
}

#[tokio::test]
async fn text_that_the_file_tells_of_itself_comes_before_what_it_draws() {
    let told = b"BT /F 12 Tf 72 700 Td (a ) Tj /Span << /ActualText (office) >> BDC (o^ce) Tj EMC ( block) Tj ET";
    assert_eq!(text(&plain(told)).await, "a office block");
    let outlined = b"/Span << /ActualText (Outlined) >> BDC 72 700 50 12 re f EMC";
    assert_eq!(text(&plain(outlined)).await, "Outlined");
}

#[tokio::test]
async fn tables_that_are_a_little_wrong_are_made_anew() {
    let file = plain(b"BT /F 12 Tf 72 700 Td (words) Tj ET");
    let told = String::from_utf8(file.clone()).expect("ASCII");
    let (before, after) = told.rsplit_once("startxref\n").expect("a table");
    let at: usize = after.lines().next().and_then(|line| line.parse().ok()).expect("its place");
    let wrong = [
        format!("{before}startxref\n{}\n%%EOF\n", at + 4),
        format!("{before}startxref\n0\n%%EOF\n"),
        before.to_owned(),
        told.replace(" n \n", " n\n").replace(" f \n", " f\n"),
        told.replace('\n', "\r\n"),
        told.replacen("%PDF-1.4\n", "%PDF-1.4\n%x\n", 1),
        format!("{told}{}", "\0".repeat(3_000)),
        format!("\u{feff}{told}"),
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n{told}"),
    ];
    for (index, file) in wrong.iter().enumerate() {
        assert_eq!(media_type(file.as_bytes()), PDF, "{index}");
        assert_eq!(read(file.as_bytes()).await, whole("words"), "{index}");
    }
}

#[tokio::test]
async fn a_scan_and_letters_that_can_not_be_read_say_so() {
    let picture = stream("/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray", &[0; 100]);
    let got = read(&page_in(b"q 595 0 0 842 0 0 cm /X Do Q", HELVETICA, &[picture], "", "")).await.expect("it is read");
    assert_eq!((got.pages.concat().as_str(), got.picture_pages, got.unread_pages, got.truncated), ("", 1, 0, false));

    let (font, more) = composite(&[(1, 'x')], "/Identity-H", "/DW 600", "Identity", false);
    let got = read(&page_in(b"BT /F 12 Tf 72 700 Td <000100020003> Tj ET", &font, &more, "", "")).await.expect("it is read");
    assert_eq!((got.pages.concat().as_str(), got.picture_pages, got.unread_pages), ("", 0, 1));
}
