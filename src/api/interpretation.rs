//! How a query was understood, for clients.
use async_graphql::{Enum, SimpleObject};

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
                synonyms: part.synonyms.clone(),
                values: part.values.clone(),
            })
            .collect();
        let guess = |guess: &search::LanguageGuess| {
            let language = LanguageTag(crate::base::Language::parse(&guess.language)?);
            Some(SearchGuess { language, likelihood: guess.likelihood })
        };
        Self {
            sentence: sentence(&parts, interpretation.is_void),
            parts,
            languages: interpretation.languages.iter().filter_map(guess).collect(),
        }
    }
}

fn sentence(parts: &[SearchPart], is_void: bool) -> String {
    let quoted = |part: &SearchPart| {
        let own = match (&part.corrected_to, &part.field) {
            (Some(_), _) => {
                let words: Vec<String> = part.corrections.iter().map(|word| format!("“{word}”")).collect();
                format!("{} for “{}”", words.join(" or "), part.text)
            }
            (None, Some(field)) if part.values.is_empty() => format!("{field} “{}”, which nothing has", part.text),
            (None, Some(field)) => format!("{field} “{}”", part.text),
            (None, None) => format!("“{}”", part.text),
        };
        let others: Vec<String> = part.synonyms.iter().map(|other| format!("“{other}”")).collect();
        if others.is_empty() { own } else { format!("{own} (also {})", others.join(", ")) }
    };
    let told = |meaning: SearchMeaning, before: &str, between: &str| {
        let those: Vec<String> = parts.iter().filter(|part| part.meaning == meaning).map(quoted).collect();
        (!those.is_empty()).then(|| format!("{before}{}", those.join(between)))
    };
    let pieces: Vec<String> = [
        told(SearchMeaning::Word, "any of the words ", ", "),
        told(SearchMeaning::Beginning, "words that begin with ", ", "),
        told(SearchMeaning::Phrase, "the phrase ", " and the phrase "),
        told(SearchMeaning::Field, "only ", ", "),
        told(SearchMeaning::Without, "without ", ", "),
        told(SearchMeaning::WithoutField, "not of ", ", "),
        told(SearchMeaning::Unheeded, "leaving out ", ", "),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (pieces.is_empty(), is_void) {
        (true, true) => "Nothing: there is no word in it.".to_owned(),
        (true, false) => "Everything.".to_owned(),
        (false, _) => format!("Sought: {}.", pieces.join("; ")),
    }
}
