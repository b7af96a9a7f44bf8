//! Names of countries and of the world's great cities, which spelling dictionaries leave out in part.
//!
//! Countries are known in every language, see `hansa_text::country`. `place_names.json` has cities by the tag of the language they are told in, cut out of the package `cldr-dates-full`
//! 48.2 (licence Unicode-3.0), its files `main/*/timeZoneNames.json`: the cities that stand for time zones. Under `und` they are as the time zone database (public domain) spells
//! them, which CLDR leaves out where a language spells them so.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::analysis::fold_words;
use hansa_text::country;

/// The folded words of the names, by the tag of the language.
static PLACES: LazyLock<HashMap<&'static str, HashSet<String>>> = LazyLock::new(|| {
    // A file that can't be read is found by the test below.
    let all: BTreeMap<&'static str, Vec<String>> = serde_json::from_str(include_str!("place_names.json")).unwrap_or_default();
    all.into_iter().map(|(tag, names)| (tag, names.iter().flat_map(|name| fold_words(name)).collect())).collect()
});

/// Whether a folded word is the name of a country, or stands in the name of a city.
pub fn has(tag: &str, folded: &str) -> bool {
    [tag, "und"].iter().any(|tag| PLACES.get(tag).is_some_and(|names| names.contains(folded))) || !country::called(folded).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_and_countries_are_known_by_their_names() {
        for (tag, name) in
            [("es", "praga"), ("en", "prague"), ("de", "rom"), ("el", "παρισι"), ("fr", "chicago"), ("en", "croatia"), ("de", "kroatien")]
        {
            assert!(has(tag, name), "{name}");
        }
        assert!(!has("es", "mailand") && !has("en", "gardens"));
    }
}
