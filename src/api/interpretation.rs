//! How a query was understood, for clients.
use async_graphql::{Enum, SimpleObject};

use super::search_warning::SearchWarning;
use crate::{
    relay::LanguageTag,
    search::{self, ClauseKind},
};

/// What a part of a question was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchMeaning {
    /// A word; hits have one of them at least.
    Word,
    /// A word that says nothing and was left out.
    Unheeded,
    /// `begin*`: any word that begins so.
    Beginning,
    /// `"…"`: words that must stand together in this order.
    Phrase,
    /// `-…`: what must not be there.
    Without,
    /// `field:value`: what a hit must have.
    Field,
    /// `-field:value`: what a hit must not have.
    WithoutField,
}

/// How strictly a question was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchReading {
    /// Phrases and fields must be met, and what is excluded must not be there.
    Strict,
    /// It has more than a dozen words, so all of it is words, and what stands in quotation marks counts more where it stands so.
    Prose,
    /// Nothing met it taken strictly, so its phrases and fields count more where they are met, and what was to be excluded counts for half.
    Relaxed,
}

/// A part of a question.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchPart {
    /// What it was taken for.
    pub meaning: SearchMeaning,
    /// As it was written; of a field, its value.
    pub text: String,
    /// Of a field, its name.
    pub field: Option<String>,
    /// What was sought instead of a word that nothing has.
    pub corrected_to: Option<String>,
    /// Everything that was sought instead of it: another word in each language that the question may be in, `correctedTo` first.
    pub corrections: Vec<String>,
    /// Of a right word that nothing has, what it was perhaps meant to be all the same; it was not sought.
    pub offered: Vec<String>,
    /// Of a word or a beginning, whether anything in sight has it, or what it was taken for; of a field, whether anything has its value. Of the rest it is true.
    pub is_found: bool,
    /// What was sought beside a word, as a synonym says.
    pub synonyms: Vec<String>,
    /// Of a field, what it was taken for, as the filter takes it; empty where nothing in sight is called so.
    pub values: Vec<String>,
}

/// A language that a question may be in.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchGuess {
    /// The language.
    pub language: LanguageTag,
    /// How likely it is, against the likeliest, which has 1.
    pub likelihood: f32,
}

/// How a question was understood.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchExplanation {
    /// In one sentence, in English.
    pub sentence: String,
    /// Its parts: words first, then phrases, what is excluded, and fields.
    pub parts: Vec<SearchPart>,
    /// The languages that it may be in, the likeliest first.
    pub languages: Vec<SearchGuess>,
    /// How strictly it was taken.
    pub reading: SearchReading,
    /// What of it, and of the filter, was in vain.
    pub warnings: Vec<SearchWarning>,
}

impl SearchExplanation {
    pub(super) fn of(interpretation: &search::Interpretation) -> Self {
        let parts: Vec<SearchPart> = interpretation
            .clauses
            .iter()
            .map(|part| SearchPart {
                meaning: match part.kind {
                    ClauseKind::Word => SearchMeaning::Word,
                    ClauseKind::StopWord => SearchMeaning::Unheeded,
                    ClauseKind::Prefix => SearchMeaning::Beginning,
                    ClauseKind::Phrase => SearchMeaning::Phrase,
                    ClauseKind::Excluded => SearchMeaning::Without,
                    ClauseKind::Field => SearchMeaning::Field,
                    ClauseKind::ExcludedField => SearchMeaning::WithoutField,
                },
                text: part.text.clone(),
                field: part.field.map(str::to_owned),
                corrected_to: part.corrected.clone(),
                corrections: part.corrections.clone(),
                offered: part.offered.clone(),
                is_found: part.is_found,
                synonyms: part.synonyms.clone(),
                values: part.values.clone(),
            })
            .collect();
        let guess = |guess: &search::LanguageGuess| {
            let language = LanguageTag(crate::base::Language::parse(&guess.language)?);
            Some(SearchGuess { language, likelihood: guess.likelihood })
        };
        let reading = match interpretation.reading {
            search::Reading::Strict => SearchReading::Strict,
            search::Reading::Prose => SearchReading::Prose,
            search::Reading::Relaxed => SearchReading::Relaxed,
        };
        Self {
            sentence: sentence(&parts, reading, interpretation),
            parts,
            reading,
            warnings: interpretation.warnings.iter().map(SearchWarning::of).collect(),
            languages: interpretation.languages.iter().filter_map(guess).collect(),
        }
    }
}

fn sentence(parts: &[SearchPart], reading: SearchReading, interpretation: &search::Interpretation) -> String {
    let quoted = |part: &SearchPart| {
        let own = match (&part.corrected_to, &part.field) {
            (Some(_), _) => {
                let words: Vec<String> = part.corrections.iter().map(|word| format!("“{word}”")).collect();
                format!("{} for “{}”", words.join(" or "), part.text)
            }
            (None, Some(field)) if part.values.is_empty() => format!("{field} “{}”, which nothing has", part.text),
            (None, Some(field)) => format!("{field} “{}”", part.text),
            (None, None) if !part.is_found && part.meaning != SearchMeaning::Unheeded => match &part.offered[..] {
                [] => format!("“{}”, which nothing has", part.text),
                offered => format!("“{}”, which nothing has (perhaps “{}” was meant)", part.text, offered.join("” or “")),
            },
            (None, None) => format!("“{}”", part.text),
        };
        let others: Vec<String> = part.synonyms.iter().map(|other| format!("“{other}”")).collect();
        if others.is_empty() { own } else { format!("{own} (also {})", others.join(", ")) }
    };
    let told = |meaning: SearchMeaning, before: &str, between: &str| {
        let those: Vec<String> = parts.iter().filter(|part| part.meaning == meaning).map(quoted).collect();
        (!those.is_empty()).then(|| format!("{before}{}", those.join(between)))
    };
    let is_strict = reading == SearchReading::Strict;
    let pieces: Vec<String> = [
        told(SearchMeaning::Word, "any of the words ", ", "),
        told(SearchMeaning::Beginning, "words that begin with ", ", "),
        told(SearchMeaning::Phrase, if is_strict { "the phrase " } else { "more for the phrase " }, " and the phrase "),
        told(SearchMeaning::Field, if is_strict { "only " } else { "more for " }, ", "),
        told(SearchMeaning::Without, if is_strict { "without " } else { "less for " }, ", "),
        told(SearchMeaning::WithoutField, if is_strict { "not of " } else { "less for " }, ", "),
        told(SearchMeaning::Unheeded, "leaving out ", ", "),
    ]
    .into_iter()
    .flatten()
    .collect();
    if pieces.is_empty() {
        return if interpretation.is_void { "Nothing: there is no word in it." } else { "Everything." }.to_owned();
    }
    let read = match reading {
        SearchReading::Strict => "",
        SearchReading::Prose => " Read as prose: none of it must be there.",
        SearchReading::Relaxed => " Nothing has all that, so none of it must be there, or must not.",
    };
    // What has a part that nothing has found nothing for that reason; else the count says enough.
    let is_in_vain = interpretation.finds_nothing && parts.iter().any(|part| !part.is_found && part.meaning != SearchMeaning::Unheeded);
    let nothing = if is_in_vain { " Nothing was found." } else { "" };
    format!("Sought: {}.{read}{nothing}", pieces.join("; "))
}
