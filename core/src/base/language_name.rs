//! What languages are called, by Unicode CLDR, in the languages of Europe and of North America.
//!
//! `language_names.json` has them: by the tag they are told in, and by the tag of what they name. It is cut out of the package
//! `cldr-localenames-full` 48.2 (licence Unicode-3.0), its files `main/*/languages.json`.
use std::{collections::BTreeMap, sync::LazyLock};

use super::{Language, country};

type Names = BTreeMap<&'static str, &'static str>;

/// The names, by what they are told in.
static NAMES: LazyLock<Vec<(Language, Names)>> = LazyLock::new(|| {
    // A file that can't be read is found by the test below.
    let all: BTreeMap<&'static str, Names> = serde_json::from_str(include_str!("language_names.json")).unwrap_or_default();
    all.into_iter().filter_map(|(tag, names)| Some((Language::parse(tag)?, names))).collect()
});

/// The name of a language in the first of a reader's languages that has one for it, else in English; its tag where it has no name. The
/// region or script of a tag stands behind the name: “Portugiesisch (Brasilien)”.
pub fn language_name(named: &Language, readers: &[Language]) -> String {
    let english = Language::parse("en");
    let told = readers.iter().chain(&english).find_map(|reader| {
        let (language, names) = Language::best(std::slice::from_ref(reader), &NAMES, |(language, _)| language)?;
        let name = names.get(match named.primary() {
            // Told under its other name.
            "iw" => "he",
            "in" => "id",
            primary => primary,
        })?;
        Some((language, *name))
    });
    let Some((language, name)) = told else { return named.to_string() };
    let rest: Vec<String> = named
        .as_str()
        .split('-')
        .skip(1)
        .map(|part| country::name(part, std::slice::from_ref(language)).map_or_else(|| part.to_owned(), str::to_owned))
        .collect();
    if rest.is_empty() { name.to_owned() } else { format!("{name} ({})", rest.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(named: &str, readers: &[&str]) -> String {
        let readers: Vec<Language> = readers.iter().filter_map(|tag| Language::parse(tag)).collect();
        language_name(&Language::parse(named).unwrap(), &readers)
    }

    #[test]
    fn a_language_is_named_in_the_readers_language() {
        assert_eq!(name("de", &[]), "German");
        assert_eq!(name("el", &["de-AT", "en"]), "Griechisch");
        assert_eq!(name("pt-BR", &["de"]), "Portugiesisch (Brasilien)");
        assert_eq!(name("zh-Hant", &["en"]), "Chinese (Hant)");
        assert_eq!(name("iw", &["en"]), name("he", &["en"]));
        assert_eq!(name("no", &["no"]), "norsk");
        assert_eq!(name("tlh", &["de"]), "tlh");
        assert_eq!(name("fr", &["tlh", "es"]), "francés");
    }

    #[test]
    fn every_language_of_the_list_has_its_names() {
        assert_eq!(NAMES.len(), 36);
        assert!(NAMES.iter().all(|(_, names)| names.len() > 90));
    }
}
