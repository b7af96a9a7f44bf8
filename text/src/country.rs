//! What countries are called: by ISO 3166-1 codes, and by their names in every language (Unicode CLDR).
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::{LazyLock, OnceLock},
};

use i18n_country_translations_data::ALL_LOCALES;

use super::fold;

/// What the countries are called in one language, by their codes of two letters.
pub type Names = BTreeMap<&'static str, Cow<'static, str>>;

/// The languages in which a country is known by its name: those of Europe and of North America.
const KNOWN: [&str; 35] = [
    "en", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "is", "it", "lt", "lv",
    "mk", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sv", "uk",
];

/// Codes that the standard reserves for what everybody means by them, or that the European Union uses.
const RESERVED: [(&str, &str); 2] = [("uk", "GB"), ("el", "GR")];

/// The code of two letters in capitals; none for what is no country.
pub fn code(text: &str) -> Option<&'static str> {
    celes::Country::from_alpha2(text).ok().map(|country| country.alpha2)
}

/// The codes of the countries that are called so in any language, or have this code of two or three letters.
pub fn called(text: &str) -> Vec<&'static str> {
    static CODES: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(codes);
    let folded = fold(text.trim());
    let mut codes = CODES.get(&folded).cloned().unwrap_or_default();
    codes.extend(RESERVED.iter().filter(|(reserved, _)| *reserved == folded).map(|(_, code)| *code));
    // Its own list has codes and what people say for short: “usa”.
    if let Ok(country) = folded.replace([' ', '.'], "").parse::<celes::Country>()
        && !codes.contains(&country.alpha2)
    {
        codes.push(country.alpha2);
    }
    codes
}

fn codes() -> HashMap<String, Vec<&'static str>> {
    let mut codes: HashMap<String, Vec<&'static str>> = HashMap::new();
    for (code, name) in KNOWN.into_iter().filter_map(names).flatten() {
        let known = codes.entry(fold(name)).or_default();
        if celes::Country::from_alpha2(code).is_ok() && !known.contains(code) {
            known.push(code);
        }
    }
    codes
}

/// The languages that have names, by their tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    ALL_LOCALES.iter().map(|(tag, _)| *tag)
}

/// The names of all countries in one language.
pub fn names(tag: &str) -> Option<&'static Names> {
    ALL_LOCALES.binary_search_by_key(&tag, |(locale, _)| locale).ok().map(read)
}

/// Read when they are first asked for.
fn read(at: usize) -> &'static Names {
    static READ: LazyLock<Vec<OnceLock<Names>>> = LazyLock::new(|| ALL_LOCALES.iter().map(|_| OnceLock::new()).collect());
    READ[at].get_or_init(|| serde_json::from_str(ALL_LOCALES[at].1).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_its_names_and_codes() {
        for called_so in ["DE", "deu", "Germany", "deutschland", "ALLEMAGNE", "Γερμανία", "Saksa", "Niemcy", "an ghearmáin"] {
            assert_eq!(called(called_so), ["DE"], "{called_so}");
        }
        assert_eq!(called("usa"), ["US"]);
        assert_eq!(called("USA"), called("Estados Unidos"));
        assert_eq!(called("uk"), ["GB"]);
        assert!(called("Atlantis").is_empty());
    }

    #[test]
    fn every_language_of_the_list_has_its_names() {
        for tag in KNOWN {
            assert!(names(tag).is_some_and(|names| names.len() > 200), "{tag}");
        }
    }
}
