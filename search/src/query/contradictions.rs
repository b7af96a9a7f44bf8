//! Whether a query can ever find anything, as far as its text and its filter tell: for whoever keeps one and waits.

use super::parsed_query::ParsedQuery;
use crate::contract::{Dimension, Filter};
use hansa_text::country;

/// Why a query can never find anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// Something is written, and no word is in it.
    NoWord,
    /// No country is called so, or no year is written so.
    NoSuchValue { field: &'static str, value: String },
    /// The values that the text and the filter ask for exclude each other.
    NoCommonValue { field: &'static str },
    /// All that is sought is excluded.
    AllExcluded,
}

/// Why a query can never find anything; empty where it may.
pub fn contradictions(text: &str, filter: &Filter) -> Vec<Contradiction> {
    let query = ParsedQuery::parse(text);
    if query.has_no_words() && !query.lists(text) {
        return vec![Contradiction::NoWord];
    }
    if !query.is_strict() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for field in query.fields.iter().filter(|field| !field.is_excluded && !is_possible(field.dimension, &field.values)) {
        found.push(Contradiction::NoSuchValue { field: field.dimension.column(), value: field.written.clone() });
    }
    if found.is_empty() {
        // What things are called the index tells, and changes with it: only what is no thing can be decided for good.
        let narrowed = query.narrow_loosely(filter);
        for (dimension, before, after) in [
            (Dimension::Kind, &filter.kinds, &narrowed.kinds),
            (Dimension::Country, &filter.countries, &narrowed.countries),
            (Dimension::Language, &filter.languages, &narrowed.languages),
        ] {
            if !before.is_empty() && !before.iter().any(|value| after.contains(value)) {
                found.push(Contradiction::NoCommonValue { field: dimension.column() });
            }
        }
        if !filter.years.is_empty() && !filter.years.iter().any(|year| narrowed.years.contains(year)) {
            found.push(Contradiction::NoCommonValue { field: Dimension::Year.column() });
        }
    }
    let is_excluded = |word: &String| query.excluded.iter().any(|words| matches!(&words[..], [own] if own == word));
    let is_lost = if query.phrases.is_empty() {
        !query.has_no_words() && query.words.iter().all(|word| !word.is_prefix && is_excluded(&word.folded))
    } else {
        query.phrases.iter().flatten().any(is_excluded)
    };
    if is_lost {
        found.push(Contradiction::AllExcluded);
    }
    found
}

fn is_possible(dimension: Dimension, values: &[String]) -> bool {
    match dimension {
        Dimension::Country => values.iter().any(|code| country::code(code).is_some()),
        Dimension::Year => values.iter().any(|year| year.parse::<i64>().is_ok()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str, filter: &Filter) -> Vec<Contradiction> {
        contradictions(text, filter)
    }

    #[test]
    fn what_can_never_be_met_is_told() {
        let any = Filter::default();
        assert_eq!(why("?! -- “”", &any), [Contradiction::NoWord]);
        let none = |field, value: &str| [Contradiction::NoSuchValue { field, value: value.to_owned() }];
        assert_eq!(why("tram country:atlantis", &any), none("country", "atlantis"));
        assert_eq!(why("tram year:soon", &any), none("year", "soon"));
        assert_eq!(why("tram -tram", &any), [Contradiction::AllExcluded]);
        assert_eq!(why("\"rain garden\" street -garden", &any), [Contradiction::AllExcluded]);
        let filter = Filter { countries: vec!["DE".to_owned()], years: vec![2018], ..Filter::default() };
        assert_eq!(why("tram country:france", &filter), [Contradiction::NoCommonValue { field: "country" }]);
        assert_eq!(why("tram year:2016..2017", &filter), [Contradiction::NoCommonValue { field: "year" }]);
    }

    #[test]
    fn what_may_be_met_one_day_is_not() {
        let filter = Filter { countries: vec!["DE".to_owned()], themes: vec!["water".to_owned()], ..Filter::default() };
        for text in [
            "",
            "tram",
            "city:nowhere",
            "theme:heat",
            "country:germany country:france",
            "-tram",
            "tram water -tram",
            "year:2016..2018",
            "lang:de",
        ] {
            assert_eq!(why(text, &filter), [], "{text}");
        }
        assert_eq!(why("whatever is pasted -whatever country:atlantis and so on until there are more than a dozen words", &filter), []);
    }
}
