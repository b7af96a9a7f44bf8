//! Lexicons: which words are right in a language, whether or not any text has them.
//!
//! They are Hunspell's dictionaries, read by `spellbook`: those of the operator's folder, and for languages that it has none of those that come with the hub (see
//! `dictionaries/README.md`). One is read when a word of its language is first asked for, a fraction of a second once. Beside them `proper_names` are known in every language.
//!
//! Invariant: what is asked here is no secret, and tells nothing of any document.

mod dictionary;
mod proper_names;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dictionary::Dictionary;

use crate::analysis::{LANGUAGES, Slot};

/// Dictionaries read at the most for one language: its regions spell some words differently.
const REGIONS: usize = 2;
/// The regions that are read first, where the language has no file or region of its own name.
const USUAL_REGIONS: [&str; 3] = ["US", "GB", "BR"];

/// The dictionaries of one hub.
#[derive(Default)]
pub struct Lexicon {
    folder: Option<PathBuf>,
    /// By language; empty where there is none.
    languages: [OnceLock<Vec<Arc<Dictionary>>>; LANGUAGES.len()],
}

impl Lexicon {
    /// The dictionaries of a folder, `de_DE.aff` and `de_DE.dic` and so on, before those that come with the hub.
    pub fn of(folder: Option<&Path>) -> Lexicon {
        Lexicon { folder: folder.map(Path::to_owned), ..Lexicon::default() }
    }

    /// Whether a word is right in the language of a slot, in small letters or great, with its accents or without.
    pub fn knows(&self, slot: Slot, written: &str, folded: &str) -> bool {
        let Some(language) = slot.language() else { return false };
        if proper_names::has(language.tag, folded) {
            return true;
        }
        let dictionaries = self.languages[slot.base().index()].get_or_init(|| self.load(language.tag));
        dictionaries.iter().any(|dictionary| dictionary.knows(written, folded))
    }

    /// The languages that have a dictionary, by their tags.
    pub fn languages(&self) -> Vec<&'static str> {
        let is_installed = |tag: &str| self.folder.as_deref().is_some_and(|folder| !files(folder, tag).is_empty());
        LANGUAGES.iter().map(|language| language.tag).filter(|tag| dictionary::is_shipped(tag) || is_installed(tag)).collect()
    }

    fn load(&self, tag: &str) -> Vec<Arc<Dictionary>> {
        let read = |path: &PathBuf| match Dictionary::read(path) {
            Ok(dictionary) => Some(Arc::new(dictionary)),
            Err(why) => {
                tracing::warn!(path = %path.display(), %why, "a spelling dictionary could not be read");
                None
            }
        };
        let files = self.folder.as_deref().map(|folder| files(folder, tag)).unwrap_or_default();
        let found: Vec<Arc<Dictionary>> = files.iter().filter_map(read).take(REGIONS).collect();
        if found.is_empty() { dictionary::shipped(tag).into_iter().collect() } else { found }
    }
}

/// The files of a folder that are dictionaries of a language, each once though it may have several names, the most usual first.
fn files(folder: &Path, tag: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<(usize, String, PathBuf)> = Vec::new();
    for path in entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|extension| extension == "aff")) {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()).map(|stem| stem.replace('-', "_")) else { continue };
        let (language, region) = name.split_once('_').unwrap_or((&name, ""));
        if language == tag && path.with_extension("dic").exists() {
            let is_own = region.is_empty() || region.eq_ignore_ascii_case(tag);
            let usual = USUAL_REGIONS.iter().position(|usual| region == *usual).unwrap_or(USUAL_REGIONS.len());
            found.push((if is_own { 0 } else { 1 + usual }, name, path));
        }
    }
    found.sort();
    let mut seen = Vec::new();
    found.retain(|(_, _, path)| {
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        !seen.contains(&real) && {
            seen.push(real);
            true
        }
    });
    found.into_iter().map(|(_, _, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(lexicon: &Lexicon, tag: &str, word: &str) -> bool {
        lexicon.knows(Slot::of(tag), word, &crate::analysis::fold_words(word).concat())
    }

    #[test]
    fn a_right_word_is_known_in_any_inflection_and_letters() {
        let shipped = Lexicon::default();
        for (tag, word) in [
            ("de", "dünger"),
            ("de", "Fahrradwegen"),
            ("de", "Rathäusern"),
            ("en", "lasers"),
            ("en", "allergies"),
            ("en", "LASER"),
            ("fr", "chevaux"),
            ("es", "praga"),
            ("es", "camiones"),
            ("el", "βερολινο"),
        ] {
            assert!(knows(&shipped, tag, word), "{word}");
        }
        for (tag, word) in [("de", "Fahrradewg"), ("en", "lasre"), ("fr", "chevaus"), ("es", "camionse"), ("el", "laser"), ("xx", "laser")]
        {
            assert!(!knows(&shipped, tag, word), "{word}");
        }
        // Without its accents a word is known as it stands in the list.
        assert!(knows(&shipped, "es", "camion"));
    }

    #[test]
    fn an_operators_dictionaries_go_before_those_that_are_shipped() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let put = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).expect("written");
        // In the encoding that it names.
        put("de_DE.aff", b"SET ISO8859-1\nSFX N Y 1\nSFX N 0 s .\n");
        put("de_DE.dic", b"2\nD\xfcnger/N\nBahn\n");
        put("en_GB.aff", b"SET UTF-8\n");
        put("en_GB.dic", b"1\nquay\n");
        put("fr.aff", b"SET UTF-8\n");
        put("fr.dic", b"\xff");
        let lexicon = Lexicon::of(Some(folder.path()));
        for (tag, word) in [("de", "dünger"), ("de", "Düngers"), ("de", "dunger"), ("en", "quay")] {
            assert!(knows(&lexicon, tag, word), "{word}");
        }
        assert!(!knows(&lexicon, "en", "laser") && !knows(&lexicon, "de", "hunger"));
        assert!(knows(&Lexicon::default(), "de", "hunger"));
        assert_eq!(lexicon.languages(), ["de", "en", "es", "fr"]);
        // A folder that is not there is none.
        assert!(knows(&Lexicon::of(Some(Path::new("/nowhere"))), "en", "laser"));
    }
}
