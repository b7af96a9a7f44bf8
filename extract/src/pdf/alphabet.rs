//! What letters are: as the file says, else by the font's own table, else by the standard collections of Chinese, Japanese and Korean.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use hayro_interpret::font::{Glyph, OutlineGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Reads the letters of one document.
pub(super) struct Alphabet<'a> {
    pdf: &'a Pdf,
    /// Which character a glyph of an embedded font stands for, by the font.
    tables: HashMap<u128, HashMap<u32, char>>,
    /// Fonts that number their letters by a standard collection, by their names; read when first asked for.
    collected: Option<HashMap<String, Collected>>,
}

/// A font that numbers its letters by a standard collection.
struct Collected {
    /// From codes to numbers; none where they are the same.
    numbers: Option<CMap>,
    /// From numbers to characters.
    characters: CMap,
}

impl<'a> Alphabet<'a> {
    /// For the letters of this document.
    pub fn new(pdf: &'a Pdf) -> Self {
        Self { pdf, tables: HashMap::new(), collected: None }
    }

    /// What a glyph stands for: a single space for white space, nothing for what is no letter (a bullet of a font of symbols); none
    /// where that can't be told.
    pub fn text_of(&mut self, glyph: &Glyph<'_>) -> Option<String> {
        let told = glyph.as_unicode().map(|told| match told {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        if let Some(told) = told.filter(|told| !told.contains(|c: char| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace()))) {
            return Some(plain(&told));
        }
        match glyph {
            Glyph::Outline(outline) => self.of_font(outline).map(|text| plain(&text)),
            Glyph::Type3(drawn) => of_tex(drawn.char_code()).map(str::to_owned).or_else(|| {
                let code = u8::try_from(drawn.char_code()).ok()?;
                (0x21..0x7f).contains(&code).then(|| char::from(code).to_string())
            }),
        }
    }

    fn of_font(&mut self, glyph: &OutlineGlyph) -> Option<String> {
        let font = glyph.font_data()?;
        if let Some(name) = &font.postscript_name
            && let Some(text) = self.of_collection(name, glyph.char_code())
        {
            return Some(text);
        }
        let table = self.tables.entry(font.cache_key).or_insert_with(|| table((*font.data).as_ref()));
        table.get(&glyph.glyph_id().to_u32()).map(char::to_string)
    }

    fn of_collection(&mut self, name: &str, code: u32) -> Option<String> {
        let pdf = self.pdf;
        let font = self.collected.get_or_insert_with(|| collected(pdf)).get(name)?;
        let number = match &font.numbers {
            Some(numbers) => (1..=4).find_map(|length| numbers.lookup_cid_code(code, length))?,
            None => code,
        };
        match font.characters.lookup_bf_string(number)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(text) => Some(text),
        }
    }
}

/// Drawn letters without names are those of TeX, which are numbered as in ASCII; of what it has below, the ligatures and quotation marks.
fn of_tex(code: u32) -> Option<&'static str> {
    const BELOW: [&str; 21] =
        ["ff", "fi", "fl", "ffi", "ffl", "“", "”", "„", "«", "»", "–", "—", "", "", "ı", "", "ff", "fi", "fl", "ffi", "ffl"];
    BELOW.get((code.checked_sub(0x0b)?) as usize).copied().filter(|text| !text.is_empty())
}

/// From glyphs to characters, by a font's own table from characters to glyphs. Fonts of symbols number their characters from F000.
fn table(font: &[u8]) -> HashMap<u32, char> {
    let mut found = HashMap::new();
    let Ok(font) = FontRef::new(font) else { return found };
    for (code, glyph) in font.charmap().mappings() {
        let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) {
            // The first of several characters is the plainest.
            found.entry(glyph.to_u32()).and_modify(|known: &mut char| *known = (*known).min(c)).or_insert(c);
        }
    }
    found
}

/// The fonts of a document that number their letters by a standard collection.
fn collected(pdf: &Pdf) -> HashMap<String, Collected> {
    let mut found = HashMap::new();
    for font in pdf.objects().into_iter().filter_map(Object::into_dict) {
        if let Some((name, collected)) = collected_font(&font) {
            found.entry(name).or_insert(collected);
        }
    }
    found
}

fn collected_font(font: &Dict<'_>) -> Option<(String, Collected)> {
    font.get::<Name<'_>>(b"Subtype").filter(|kind| kind.as_ref() == b"Type0")?;
    let name = font.get::<Name<'_>>(b"BaseFont")?;
    let name = name.as_str().split_once('+').filter(|(prefix, _)| prefix.len() == 6).map_or(name.as_str(), |(_, name)| name);
    let encoding = match font.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) if name.as_ref() == b"Identity-H" || name.as_ref() == b"Identity-V" => None,
        Object::Name(name) => Some(CMap::parse(load_embedded(CMapName::from_bytes(name.as_ref()))?, load_embedded)?),
        Object::Stream(stream) => Some(cmap_of(&stream)?),
        _ => return None,
    };
    let below = font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let info = below.get::<Dict<'_>>(b"CIDSystemInfo")?;
    let (registry, ordering) = (info.get::<PdfString<'_>>(b"Registry")?, info.get::<PdfString<'_>>(b"Ordering")?);
    let told = CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes());
    let by_encoding = encoding.as_ref().and_then(|numbers| numbers.metadata().character_collection.clone()).map(|of| of.family);
    let characters = [Some(told), by_encoding].into_iter().flatten().find_map(|family| family.ucs2_cmap())?;
    let characters = CMap::parse(load_embedded(characters)?, load_embedded)?;
    Some((name.to_owned(), Collected { numbers: encoding, characters }))
}

fn cmap_of(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded_data().ok()?, load_embedded)
}

/// A text in plain letters: ligatures and the drawn forms of Arabic letters as the letters they are of, white space as one space;
/// nothing for characters that fonts made up.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\u{ad}' => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) || ('\u{f0000}'..).contains(&c) => {}
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => out.extend(c.nfkc()),
            // Radicals that stand for characters, which some tables give instead of them.
            '\u{2e80}'..='\u{2fdf}' => out.extend(c.nfkc()),
            c => out.push(c),
        }
    }
    out
}

/// A text string of a PDF: in UTF-16 or UTF-8 where it begins with their mark, else in Latin letters.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let (encoding, mark) = match bytes {
        [0xfe, 0xff, ..] => (UTF_16BE, 2),
        [0xff, 0xfe, ..] => (UTF_16LE, 2),
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, 3),
        _ => (WINDOWS_1252, 0),
    };
    let text = encoding.decode_without_bom_handling(&bytes[mark..]).0;
    // The language of a text may stand in it between two of these.
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.skip(1).step_by(2).fold(first, |all, piece| all + piece)
}
