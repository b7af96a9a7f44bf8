//! A practice as the forms of others ask for it: the same text, in their order and within their lengths.
//!
//! The titles of parts and their lengths are facts of the published forms, told in our own words:
//! - Interreg Europe, good practice form of its website (2016 to 2027): characters;
//! - UN-Habitat, reporting format of the Dubai International Award for best practices: words, and at most five dates;
//! - UN DESA, call for good practices of the Sustainable Development Goals (2018 and later): parts without lengths;
//! - FAO, good practices template (July 2015): parts without lengths.
use async_graphql::{Enum, SimpleObject};

use super::told::{Part, Told, parts::*};
use crate::{kernel::text::Chosen, relay::LanguageTag};

/// A form that asks for practices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PracticeForm {
    /// The good practice form of Interreg Europe.
    Interreg,
    /// The reporting format for best practices of UN-Habitat and the Dubai International Award.
    UnHabitat,
    /// The form for good practices of the Sustainable Development Goals of UN DESA.
    UnDesa,
    /// The good practices template of FAO.
    Fao,
}

/// What lengths are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LengthUnit {
    /// Unicode characters.
    Characters,
    /// Words, as spaces part them.
    Words,
    /// Lines.
    Lines,
}

use LengthUnit::{Characters, Lines, Words};

/// A practice, put in a form.
#[derive(Clone, Debug, SimpleObject)]
pub struct PracticeInForm {
    /// The form.
    pub form: PracticeForm,
    /// The language it is told in.
    pub language: LanguageTag,
    /// Its parts, in the order of the form.
    pub parts: Vec<FormPart>,
    /// Whether no part that is needed is missing and none is too long.
    pub is_ready: bool,
}

/// A part of a form.
#[derive(Clone, Debug, SimpleObject)]
pub struct FormPart {
    /// What the form calls it.
    pub title: String,
    /// What the practice tells for it, in the words of its own parts one after another; null where that is nothing.
    pub text: Option<String>,
    /// The names of the practice's fields that tell it.
    pub fields: Vec<String>,
    /// Whether the form can be handed in without it.
    pub is_optional: bool,
    /// Whether it is needed and nothing is told for it.
    pub is_missing: bool,
    /// How long the text is; 0 where there is none.
    pub length: usize,
    /// How long the form lets it be; null where it sets no bound.
    pub longest: Option<usize>,
    /// What both are counted in.
    pub unit: LengthUnit,
    /// By how much it is too long; 0 where it fits.
    pub excess: usize,
}

/// What a form says of one of its parts.
struct Asked {
    title: &'static str,
    from: &'static [Part],
    longest: Option<usize>,
    unit: LengthUnit,
    is_optional: bool,
}

const fn asked(title: &'static str, from: &'static [Part]) -> Asked {
    Asked { title, from, longest: None, unit: Characters, is_optional: false }
}

impl Asked {
    const fn within(self, longest: usize, unit: LengthUnit) -> Self {
        Self { longest: Some(longest), unit, ..self }
    }

    const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}

static INTERREG: [Asked; 10] = [
    asked("Title", &[TITLE]).within(100, Characters),
    asked("Short summary", &[SUMMARY]).within(160, Characters),
    asked("Location", &[Part::Place]),
    asked("Detailed information", &[PROBLEM_BEFORE, CHALLENGE, OBJECTIVES, BODY, PROCESS, Part::Stakeholders]).within(1_500, Characters),
    asked("Resources needed", &[Part::Money, FINANCING]).within(300, Characters),
    asked("Timescale", &[Part::Days]),
    asked("Evidence of success", &[RESULTS, EVIDENCE, Part::Indicators]).within(500, Characters),
    asked("Difficulties encountered", &[DIFFICULTIES, LESSONS]).within(300, Characters).optional(),
    asked("Potential for learning or transfer", &[TRANSFER_CONDITIONS]).within(1_000, Characters),
    asked("Further information", &[POLICIES]).optional(),
];

static UN_HABITAT: [Asked; 14] = [
    asked("Name", &[TITLE]),
    asked("City", &[Part::Place]),
    asked("Summary", &[SUMMARY]).within(250, Words),
    asked("Key dates", &[Part::KeyDates]).within(5, Lines),
    asked("Situation before", &[PROBLEM_BEFORE]).within(50, Words),
    asked("Priorities", &[CHALLENGE]).within(100, Words),
    asked("Objectives and strategies", &[OBJECTIVES]).within(100, Words),
    asked("Resources", &[Part::Money, FINANCING]).within(200, Words),
    asked("Process", &[BODY, PROCESS, DIFFICULTIES]).within(400, Words),
    asked("Results", &[RESULTS, EVIDENCE, Part::Indicators]).within(250, Words),
    asked("Sustainability", &[SUSTAINABILITY]).within(300, Words),
    asked("Lessons learned", &[LESSONS]).within(300, Words),
    asked("Transferability", &[TRANSFER_CONDITIONS]).within(300, Words),
    asked("Related policies", &[POLICIES, LEGAL_BASIS]).optional(),
];

static UN_DESA: [Asked; 9] = [
    asked("Title", &[TITLE]),
    asked("Introduction", &[SUMMARY, PROBLEM_BEFORE, CHALLENGE]),
    asked("Objective", &[OBJECTIVES]),
    asked("Stakeholders and partnerships", &[Part::Stakeholders]),
    asked("Implementation", &[BODY, PROCESS, FINANCING, Part::Money]),
    asked("Results, outputs and impacts", &[RESULTS, EVIDENCE, Part::Indicators]),
    asked("Enabling factors and constraints", &[DIFFICULTIES, POLICIES, LEGAL_BASIS]),
    asked("Sustainability and replicability", &[SUSTAINABILITY, TRANSFER_CONDITIONS]),
    asked("Conclusions", &[LESSONS]),
];

static FAO: [Asked; 12] = [
    asked("Title", &[TITLE]),
    asked("Objective", &[OBJECTIVES]),
    asked("Location", &[Part::Place]),
    asked("Introduction", &[SUMMARY, PROBLEM_BEFORE, CHALLENGE]),
    asked("Stakeholders and partners", &[Part::Stakeholders]),
    asked("Methodological approach", &[BODY, PROCESS]),
    asked("Validation", &[EVIDENCE]).optional(),
    asked("Impact", &[RESULTS, Part::Indicators]),
    asked("Success factors and constraints", &[DIFFICULTIES, LEGAL_BASIS]),
    asked("Lessons learned", &[LESSONS]),
    asked("Sustainability", &[SUSTAINABILITY, FINANCING, Part::Money]),
    asked("Replicability", &[TRANSFER_CONDITIONS]),
];

impl PracticeForm {
    const fn asks(self) -> &'static [Asked] {
        match self {
            Self::Interreg => &INTERREG,
            Self::UnHabitat => &UN_HABITAT,
            Self::UnDesa => &UN_DESA,
            Self::Fao => &FAO,
        }
    }

    /// The practice, put in this form.
    pub(super) fn filled(self, told: &Told<'_>, chosen: &Chosen) -> PracticeInForm {
        let parts: Vec<FormPart> = self.asks().iter().map(|asked| asked.filled(told)).collect();
        let is_ready = parts.iter().all(|part| !part.is_missing && part.excess == 0);
        PracticeInForm { form: self, language: LanguageTag(chosen.language.clone()), parts, is_ready }
    }
}

impl Asked {
    fn filled(&self, told: &Told<'_>) -> FormPart {
        let words: Vec<String> = self.from.iter().filter_map(|part| told.said(*part).words()).collect();
        let text = Some(words.join("\n\n")).filter(|text| !text.is_empty());
        let length = text.as_deref().map_or(0, |text| self.unit.of(text));
        let over = self.longest.map_or(0, |longest| length.saturating_sub(longest));
        FormPart {
            title: self.title.to_owned(),
            fields: self.from.iter().map(|part| part.name()).collect(),
            is_optional: self.is_optional,
            is_missing: text.is_none() && !self.is_optional,
            length,
            longest: self.longest,
            unit: self.unit,
            excess: over,
            text,
        }
    }
}

impl LengthUnit {
    fn of(self, text: &str) -> usize {
        match self {
            Characters => text.chars().count(),
            Words => text.split_whitespace().count(),
            Lines => text.lines().filter(|line| !line.trim().is_empty()).count(),
        }
    }
}
