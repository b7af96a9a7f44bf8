//! Which of several languages serves a reader best: look-up by RFC 4647 (§3.4) with the aliases, parents and likely subtags of Unicode CLDR.
//!
//! For each language a reader wants, in the reader's order, the best of what is there in that language is taken: first what is written in the
//! reader's script (`zh-HK` reads `zh-Hant`, not `zh`), and of that, in this order,
//!
//! 1. the same, under whichever name (`iw` is `he`, `no` is `nb`);
//! 2. what is left when the wanted tag is shortened from its end (`pt-PT` → `pt`);
//! 3. what it inherits from (`es-MX` → `es-419`, `nn` → `nb`);
//! 4. the same where each is told in full (`pt` is `pt-Latn-BR`);
//! 5. the plain language before its regions;
//! 6. a region of the wanted language, a region of the same family (`en-AU` reads `en-GB` before `en-US`), the language's own, any other.
//!
//! Invariant: what is of another language serves nobody. Held by `tests::another_language_serves_nobody`.
use std::sync::{Arc, LazyLock};

use icu_locale::{
    LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander, LocaleFallbacker,
    fallback::LocaleFallbackConfig,
    subtags::{Language as Subtag, language},
};
use quick_cache::sync::Cache;

use super::Language;

/// Tags whose meaning is remembered; readers bring them, so they are bounded.
const REMEMBERED: usize = 2_000;
/// What a text in another script is behind every text in the reader's.
const OTHER_SCRIPT: usize = 1_000;

/// What a tag means.
#[derive(Debug)]
struct Meaning {
    /// Under the name that CLDR prefers.
    id: LanguageIdentifier,
    /// With the script and region that are likely.
    full: LanguageIdentifier,
    /// The language all of its parents are of.
    family: Subtag,
    /// What is left of it, subtag by subtag, the tag itself first.
    shortened: Vec<LanguageIdentifier>,
    /// What it inherits from, the tag itself first.
    parents: Vec<LanguageIdentifier>,
    /// Whether it is in the region that is likely for its language and script.
    is_at_home: bool,
}

impl Meaning {
    fn of(language: &Language) -> Arc<Self> {
        static MEANINGS: LazyLock<Cache<Language, Arc<Meaning>>> = LazyLock::new(|| Cache::new(REMEMBERED));
        if let Some(known) = MEANINGS.get(language) {
            return known;
        }
        let meaning = Arc::new(Self::read(language));
        MEANINGS.insert(language.clone(), meaning.clone());
        meaning
    }

    fn read(tag: &Language) -> Self {
        // What CLDR can't read is as good as its language alone.
        let read = |text: &str| text.parse::<Locale>().ok();
        let mut locale = read(tag.as_str()).or_else(|| read(tag.primary())).unwrap_or(Locale::UNKNOWN);
        LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
        let id = named(locale.id);
        let mut shortened = vec![id.clone()];
        let mut rest = id.clone();
        loop {
            if !rest.variants.is_empty() {
                rest.variants.clear();
            } else if rest.region.take().is_none() && rest.script.take().is_none() {
                break;
            }
            shortened.push(rest.clone());
        }
        let mut parents = Vec::new();
        let mut walk = LocaleFallbacker::new().for_config(LocaleFallbackConfig::default()).fallback_for((&id).into());
        while !walk.get().is_unknown() {
            parents.push(named(walk.get().into_locale().id));
            walk.step();
        }
        let family = parents.last().map_or(id.language, |last| last.language);
        let full = likely(id.clone());
        let home = likely(LanguageIdentifier { region: None, variants: Default::default(), ..full.clone() });
        Self { is_at_home: home.region == full.region, id, full, family, shortened, parents }
    }

    /// How far what is offered is from what is wanted; none for another language.
    fn distance(&self, offered: &Self) -> Option<usize> {
        if self.family != offered.family {
            return None;
        }
        let at = |list: &[LanguageIdentifier]| list.iter().position(|id| *id == offered.id);
        let is_of_family =
            |parent: &LanguageIdentifier| parent.language != self.family || parent.region.is_some() || parent.script.is_some();
        let within = if let Some(steps) = at(&self.shortened) {
            steps
        } else if let Some(steps) = at(&self.parents) {
            10 + steps
        } else if self.full == offered.full {
            20
        } else if offered.id.region.is_none() && offered.id.variants.is_empty() {
            30
        } else if offered.parents.contains(&self.id) || offered.shortened.contains(&self.id) {
            40 + usize::from(!offered.is_at_home)
        } else if self.parents[1.min(self.parents.len())..].iter().any(|parent| is_of_family(parent) && offered.parents.contains(parent)) {
            50
        } else {
            60 + usize::from(!offered.is_at_home)
        };
        Some(if self.full.script == offered.full.script { within } else { within + OTHER_SCRIPT })
    }
}

/// Norwegian is told by two names and mostly means Bokmål, which CLDR has it inherit to; here they are one.
fn named(id: LanguageIdentifier) -> LanguageIdentifier {
    if id.language == language!("no") { LanguageIdentifier { language: language!("nb"), ..id } } else { id }
}

fn likely(mut id: LanguageIdentifier) -> LanguageIdentifier {
    LocaleExpander::new_extended().maximize(&mut id);
    id
}

impl Language {
    /// The best of `offered` for a reader's `wanted`, in the reader's order; none where none serves. Of two as good the first.
    pub fn best<'a, T>(wanted: &[Self], offered: &'a [T], tag: impl Fn(&T) -> &Self) -> Option<&'a T> {
        wanted.iter().find_map(|want| {
            // The usual case: nothing serves better than the same.
            if let Some(same) = offered.iter().find(|offer| tag(offer) == want) {
                return Some(same);
            }
            let wanted = Meaning::of(want);
            let known = offered.iter().filter_map(|offer| Some((wanted.distance(&Meaning::of(tag(offer)))?, offer)));
            known.min_by_key(|(distance, _)| *distance).map(|(_, offer)| offer)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &str) -> Vec<Language> {
        tags.split_whitespace().map(|tag| Language::parse(tag).unwrap()).collect()
    }

    fn best(wanted: &str, offered: &str) -> Option<String> {
        Language::best(&tags(wanted), &tags(offered), |tag| tag).map(ToString::to_string)
    }

    #[test]
    fn the_fitting_region_and_script_are_found() {
        for (wanted, offered, right) in [
            // Shortened from the end; then the plain language before its regions.
            ("pt-PT", "el pt-BR pt", "pt"),
            ("pt-AO", "el pt-BR pt", "pt"),
            ("pt-BR", "el pt pt-BR", "pt-BR"),
            ("pt-AO", "pt-BR pt-PT", "pt-PT"),
            ("pt", "pt-PT pt-BR", "pt-BR"),
            ("de-CH-1996", "de-AT de-CH de", "de-CH"),
            ("de-CH-1996", "de-AT de", "de"),
            ("fr-CA", "fr-BE fr-FR", "fr-FR"),
            ("fr", "en fr-CA", "fr-CA"),
            ("en-AU", "en-US en-GB", "en-GB"),
            ("es-MX", "es-ES es-419", "es-419"),
            ("es-MX", "es-ES es-AR", "es-AR"),
            ("es-419", "es-ES es-MX", "es-MX"),
            // Scripts by what is likely.
            ("zh-TW", "zh zh-Hant", "zh-Hant"),
            ("zh-TW", "zh-Hans zh-Hant", "zh-Hant"),
            ("zh-HK", "zh-CN zh-TW", "zh-TW"),
            ("zh-CN", "zh-TW zh", "zh"),
            ("zh-SG", "zh-Hant zh-Hans", "zh-Hans"),
            ("zh-Hant-HK", "zh zh-Hans-HK zh-Hant", "zh-Hant"),
            ("sr-ME", "sr sr-Latn", "sr-Latn"),
            ("sr-Latn", "sr-Cyrl sr-Latn-BA", "sr-Latn-BA"),
            ("sr", "sr-Latn sr-Cyrl", "sr-Cyrl"),
            // Another script is better than another language of the reader's.
            ("zh-TW en", "en zh", "zh"),
            // One language under two names.
            ("no", "da nb", "nb"),
            ("nb", "da no", "no"),
            ("nb-NO", "nn no", "no"),
            ("nn", "da nb", "nb"),
            ("no", "nn nb", "nb"),
            ("iw", "ar he", "he"),
            ("he", "ar iw", "iw"),
            ("in", "ms id", "id"),
            ("id-ID", "ms in", "in"),
            ("sh", "sr sr-Latn", "sr-Latn"),
            ("tl", "en fil", "fil"),
            ("mo", "ru ro", "ro"),
            // The reader's order goes before all.
            ("de pt", "pt de-AT", "de-AT"),
            ("tlh el", "en el", "el"),
        ] {
            assert_eq!(best(wanted, offered).as_deref(), Some(right), "{wanted} of {offered}");
        }
    }

    #[test]
    fn another_language_serves_nobody() {
        for (wanted, offered) in
            [("da", "nb no"), ("pt", "gl es"), ("hr", "sr bs"), ("nds", "de nl"), ("en", ""), ("tlh", "en"), ("", "en")]
        {
            assert_eq!(best(wanted, offered), None, "{wanted} of {offered}");
        }
    }

    #[test]
    fn a_tag_that_nobody_knows_is_as_good_as_its_language() {
        assert_eq!(best("de-x1", "en de").as_deref(), Some("de"));
        assert_eq!(best("zz", "en zz-ZZ").as_deref(), Some("zz-ZZ"));
    }
}
