//! What a search asks for in vain, for clients.
use async_graphql::{Enum, SimpleObject};

use crate::search::{Warning, longest_query};

/// Why something of a question was in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchWarningCode {
    /// The question was longer than what is read; the rest was cut off.
    Cut,
    /// It had more words than are heeded; `values` are those that were not.
    WordsBeyondLimit,
    /// It had more phrases, exclusions and fields than are heeded.
    PartsBeyondLimit,
    /// Nothing in sight is called like a value of a field in the question, or has it: `city:nowhere`.
    UnknownValue,
    /// The same of a value of the filter.
    UnknownFilterValue,
}

/// Something that was asked for in vain.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchWarning {
    /// Why.
    pub code: SearchWarningCode,
    /// In one sentence, in English.
    pub message: String,
    /// The field that is meant, where it is one: `city`.
    pub field: Option<String>,
    /// The words or values that are meant.
    pub values: Vec<String>,
}

/// Words that are told of in a sentence.
const TOLD: usize = 10;

impl SearchWarning {
    pub(super) fn of(warning: &Warning) -> Self {
        let told = |code, message: String, field: Option<&str>, values: Vec<String>| Self {
            code,
            message,
            field: field.map(str::to_owned),
            values,
        };
        let (words, bytes) = longest_query();
        match warning {
            Warning::Cut => told(SearchWarningCode::Cut, format!("Only the first {bytes} bytes were read."), None, Vec::new()),
            Warning::UnheededWords(unheeded) => {
                let some: Vec<String> = unheeded.iter().take(TOLD).map(|word| format!("“{word}”")).collect();
                let more = if unheeded.len() > TOLD { " …" } else { "" };
                let message = format!("Only the first {words} different words were heeded, not {}{more}.", some.join(", "));
                told(SearchWarningCode::WordsBeyondLimit, message, None, unheeded.clone())
            }
            Warning::UnheededParts(count) => {
                let message = format!("There were too many phrases, exclusions and fields; the last {count} of one sort were not heeded.");
                told(SearchWarningCode::PartsBeyondLimit, message, None, Vec::new())
            }
            Warning::UnknownField { field, value } => {
                let message = format!("Nothing you may see has the {field} “{value}” that the question asks for.");
                told(SearchWarningCode::UnknownValue, message, Some(field), vec![value.clone()])
            }
            Warning::UnknownFilter { field, value } => {
                let message = format!("Nothing you may see has the {field} “{value}” that the filter asks for.");
                told(SearchWarningCode::UnknownFilterValue, message, Some(field), vec![value.clone()])
            }
        }
    }
}
