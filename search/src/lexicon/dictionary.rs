//! One Hunspell dictionary: its files, and the words it knows.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use encoding_rs::Encoding;
use flate2::read::GzDecoder;
use foldhash::HashSet;

use crate::analysis::fold_words;

/// The dictionaries that come with the hub: the language, its affixes and its words.
const SHIPPED: [(&str, &[u8], &[u8]); 4] = [
    ("de", include_bytes!("dictionaries/de.aff.gz"), include_bytes!("dictionaries/de.dic.gz")),
    ("en", include_bytes!("dictionaries/en.aff.gz"), include_bytes!("dictionaries/en.dic.gz")),
    ("es", include_bytes!("dictionaries/es.aff.gz"), include_bytes!("dictionaries/es.dic.gz")),
    ("fr", include_bytes!("dictionaries/fr.aff.gz"), include_bytes!("dictionaries/fr.dic.gz")),
];

/// The words of one language.
pub struct Dictionary {
    spelling: spellbook::Dictionary,
    /// The words of the list, folded, as numbers: people leave accents out.
    folded: HashSet<u64>,
}

impl Dictionary {
    /// Reads the two files of a dictionary, of which the one with the affixes is named, in the encoding that it tells.
    pub fn read(affixes: &Path) -> Result<Dictionary, String> {
        let bytes = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
        let (affixes, words) = (bytes(affixes)?, bytes(&affixes.with_extension("dic"))?);
        let encoding = encoding(&affixes);
        Dictionary::of(&encoding.decode(&affixes).0, &encoding.decode(&words).0)
    }

    fn of(affixes: &str, words: &str) -> Result<Dictionary, String> {
        let spelling = spellbook::Dictionary::new(affixes, words).map_err(|error| error.to_string())?;
        // The first line tells how many there are; behind a word stand its flags and what is said of it.
        let listed = words.lines().skip(1).filter_map(|line| line.split(['/', '\t', ' ']).next());
        let folded = listed.flat_map(fold_words).map(|word| number(&word)).collect();
        Ok(Dictionary { spelling, folded })
    }

    /// Whether a word is right: as it is written, in small letters, as a name or a German noun, or as an abbreviation.
    pub fn knows(&self, written: &str, folded: &str) -> bool {
        let lower = written.to_lowercase();
        let mut rest = lower.chars();
        let title: String = rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect();
        self.folded.contains(&number(folded))
            || [written, &lower, &title, &lower.to_uppercase()].into_iter().any(|word| self.spelling.check(word))
    }
}

fn number(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Whether a language's dictionary comes with the hub.
pub fn is_shipped(tag: &str) -> bool {
    SHIPPED.iter().any(|(own, ..)| *own == tag)
}

/// The dictionary of a language that comes with the hub, read once for all.
pub fn shipped(tag: &str) -> Option<Arc<Dictionary>> {
    static READ: [OnceLock<Option<Arc<Dictionary>>>; SHIPPED.len()] = [const { OnceLock::new() }; SHIPPED.len()];
    let at = SHIPPED.iter().position(|(own, ..)| *own == tag)?;
    let (_, affixes, words) = SHIPPED[at];
    let read = || Dictionary::of(&unpacked(affixes)?, &unpacked(words)?);
    READ[at]
        .get_or_init(|| read().inspect_err(|why| tracing::error!(tag, %why, "a shipped dictionary is damaged")).ok().map(Arc::new))
        .clone()
}

fn unpacked(bytes: &[u8]) -> Result<String, String> {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}

/// The encoding that a file of affixes says it and its words are in: `SET ISO8859-1`. UTF-8 where it says none.
fn encoding(affixes: &[u8]) -> &'static Encoding {
    let named = affixes.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(b"SET "));
    // Hunspell writes “ISO8859-1” and “microsoft-cp1251” for what the web calls “iso8859-1” and “windows-1251”.
    let label = named.map(|name| String::from_utf8_lossy(name.trim_ascii()).to_lowercase().replace("microsoft-cp", "windows-"));
    label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::UTF_8)
}
