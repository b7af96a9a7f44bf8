//! What countries are called in a reader's language.
use std::sync::LazyLock;

use quick_cache::sync::Cache;

use hansa_text::country::{self, Names};
pub use hansa_text::country::{called, code};

use super::Language;

/// The name of a country in the first of these languages that has one for it, else in English; `None` for what is no country.
pub fn name(code: &str, languages: &[Language]) -> Option<&'static str> {
    let code = country::code(code)?;
    let all = languages.iter().filter_map(names_for).chain(country::names("en"));
    all.filter_map(|names| names.get(code)).map(|name| &**name).next()
}

/// What all countries are called in English, with their codes.
pub fn in_english() -> impl Iterator<Item = (&'static str, &'static str)> {
    country::names("en").into_iter().flatten().map(|(code, name)| (*code, &**name))
}

/// The names in the language that serves a reader of this one best.
fn names_for(wanted: &Language) -> Option<&'static Names> {
    static LANGUAGES: LazyLock<Vec<(Language, &str)>> =
        LazyLock::new(|| country::languages().filter_map(|tag| Some((Language::parse(tag)?, tag))).collect());
    // Readers bring their tags, so what is remembered is bounded.
    static SERVING: LazyLock<Cache<Language, Option<&'static str>>> = LazyLock::new(|| Cache::new(500));
    let best = SERVING.get(wanted).unwrap_or_else(|| {
        let best = Language::best(std::slice::from_ref(wanted), &LANGUAGES, |(language, _)| language).map(|(_, tag)| *tag);
        SERVING.insert(wanted.clone(), best);
        best
    });
    best.and_then(country::names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_named_in_the_readers_language() {
        let languages = |tags: &[&str]| tags.iter().filter_map(|tag| Language::parse(tag)).collect::<Vec<_>>();
        assert_eq!(name("DE", &languages(&["fr-CA", "en"])), Some("Allemagne"));
        assert_eq!(name("us", &languages(&["tlh", "es"])), Some("Estados Unidos"));
        assert_eq!(name("US", &[]), Some("United States"));
        assert_eq!(name("QQ", &[]), None);
        // Under whichever name a language is asked for, and in the reader's script.
        assert_eq!(name("DE", &languages(&["no"])), Some("Tyskland"));
        assert_eq!(name("DE", &languages(&["iw"])), name("DE", &languages(&["he"])));
        assert_eq!(name("DE", &languages(&["zh-Hant"])), name("DE", &languages(&["zh-TW"])));
        assert_ne!(name("DE", &languages(&["zh-Hant"])), name("DE", &languages(&["zh"])));
    }
}
