//! The digests' words in the languages of people who get them, by Project Fluent; English where a language is missing.
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::base::Language;

type Bundle = FluentBundle<FluentResource>;

/// The catalogue: a tag and its messages.
const LOCALES: [(&str, &str); 8] = [
    ("en", include_str!("locales/en.ftl")),
    ("de", include_str!("locales/de.ftl")),
    ("el", include_str!("locales/el.ftl")),
    ("es", include_str!("locales/es.ftl")),
    ("fr", include_str!("locales/fr.ftl")),
    ("it", include_str!("locales/it.ftl")),
    ("nl", include_str!("locales/nl.ftl")),
    ("pt", include_str!("locales/pt.ftl")),
];

static BUNDLES: LazyLock<Vec<(Language, Bundle)>> = LazyLock::new(|| {
    let bundles = LOCALES.iter().filter_map(|(tag, text)| {
        let mut bundle = Bundle::new_concurrent(vec![tag.parse().ok()?]);
        // Marks around what is filled in would be shown by some mail programs.
        bundle.set_use_isolating(false);
        // What does not parse is found by the test below.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Some((Language::parse(tag)?, bundle))
    });
    bundles.collect()
});

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Words {
    language: &'static Language,
    bundle: &'static Bundle,
}

impl Words {
    /// Those of the best language for a reader, English where none serves.
    pub fn of(wanted: &[Language]) -> Self {
        let found = Language::best(wanted, &BUNDLES, |(language, _)| language).unwrap_or(&BUNDLES[0]);
        Self { language: &found.0, bundle: &found.1 }
    }

    /// The language's tag.
    pub fn language(&self) -> &'static str {
        self.language.as_str()
    }

    /// A message, with what is filled in.
    pub fn say<'v>(&self, message: &str, values: &[(&'v str, FluentValue<'v>)]) -> String {
        let english = &BUNDLES[0].1;
        let found = [self.bundle, english].into_iter().find_map(|bundle| Some((bundle, bundle.get_message(message)?.value()?)));
        let Some((bundle, pattern)) = found else { return message.to_owned() };
        let values: FluentArgs<'v> = values.iter().cloned().collect();
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        text.lines()
            .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    #[test]
    fn every_language_has_every_message_and_says_it_without_a_mistake() {
        let english = names(LOCALES[0].1);
        assert!(english.len() > 20);
        for (tag, text) in LOCALES {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{tag} does not parse");
            assert_eq!(names(text), english, "{tag}");
            let (_, bundle) = BUNDLES.iter().find(|(language, _)| language.as_str() == tag).unwrap();
            let values: FluentArgs<'_> =
                [("count", FluentValue::from(2)), ("name", "Ada".into()), ("host", "hub.test".into()), ("search", "rain".into())]
                    .into_iter()
                    .collect();
            for name in &english {
                let mut mistakes = Vec::new();
                let said = bundle.format_pattern(bundle.get_message(name).unwrap().value().unwrap(), Some(&values), &mut mistakes);
                assert!(mistakes.is_empty() && !said.trim().is_empty(), "{tag} {name}: {mistakes:?}");
            }
        }
    }

    #[test]
    fn the_readers_best_language_is_spoken_and_english_where_there_is_none() {
        let tags = |list: &[&str]| list.iter().map(|tag| Language::parse(tag).unwrap()).collect::<Vec<_>>();
        assert_eq!(Words::of(&tags(&["bg", "pt-BR", "de"])).language(), "pt");
        assert_eq!(Words::of(&tags(&["bg"])).language(), "en");
        assert_eq!(Words::of(&tags(&["de"])).say("subject", &[("count", 1.into())]), "1 Neuigkeit für Sie");
        assert_eq!(Words::of(&tags(&["en"])).say("subject", &[("count", 3.into())]), "3 pieces of news for you");
        assert_eq!(Words::of(&[]).say("matched", &[("search", "rain {x}".into())]), "Found for your search “rain {x}”");
    }
}
