//! What a reader would miss in a practice.
use async_graphql::SimpleObject;

use super::told::{Part, Said, Told, parts::*};

/// How much of what a reader wants to know is told.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
#[graphql(name = "PracticeCompleteness")]
pub struct Completeness {
    /// The share of the parts that are told, 0 to 1; each counts alike.
    pub share: f64,
    /// What is missing, in the order in which it is read.
    pub missing: Vec<MissingPart>,
}

/// Something that a reader would miss.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct MissingPart {
    /// The name of the field that tells it: `difficulties`.
    pub part: String,
    /// What is missing, in English.
    pub sentence: String,
}

/// What a reader wants to know, and what is said where nothing is told of it. Legal basis and policies are not among it: a good practice may need none.
const WANTED: [(Part, &str); 15] = [
    (SUMMARY, "There is no summary."),
    (PROBLEM_BEFORE, "How things stood before is not told."),
    (OBJECTIVES, "What it aims at is not told."),
    (PROCESS, "How it was done, step by step, is not told."),
    (Part::Days, "When it began is not told."),
    (Part::Stakeholders, "Who took part is not told."),
    (Part::Money, "What it cost is not told."),
    (FINANCING, "Who pays for it, and how, is not told."),
    (RESULTS, "What came of it is not told."),
    (Part::Indicators, "There are no figures."),
    (DIFFICULTIES, "What was hard is not told; others learn most from it."),
    (LESSONS, "What was learned is not told."),
    (TRANSFER_CONDITIONS, "What another city needs for it is not told."),
    (SUSTAINABILITY, "What keeps it going is not told."),
    (Part::Themes, "It belongs to no theme, and is found under none."),
];

impl Completeness {
    /// Of a practice by its original.
    pub(super) fn of(told: &Told<'_>) -> Self {
        let missing: Vec<MissingPart> = WANTED
            .iter()
            .filter_map(|(part, sentence)| {
                let sentence = match told.said(*part) {
                    Said::Something(_) => return None,
                    Said::Nothing => (*sentence).to_owned(),
                    Said::Elsewhere(words) => format!("“{words}” leads elsewhere; tell it here."),
                };
                Some(MissingPart { part: part.name(), sentence })
            })
            .collect();
        let count = |parts: usize| u32::try_from(parts).unwrap_or(u32::MAX);
        let share = f64::from(count(WANTED.len() - missing.len())) / f64::from(count(WANTED.len()));
        Self { share, missing }
    }
}
