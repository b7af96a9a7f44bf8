//! Reasons, and the sentences that tell them.
use hansa_text::{grouped, listed};
use serde::{Deserialize, Serialize};

use super::{
    shares::{self, Match},
    weights::Weights,
};
use crate::{
    applicant::{Applicant, Line, Named},
    themes::Themes,
};

/// What two fit by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// The other's strengths meet the own challenges.
    OwnChallenges,
    /// The own strengths meet the other's challenges.
    TheirChallenges,
    /// Goals of agendas in common.
    Goals,
    /// Populations alike.
    Size,
    /// The same kind of place.
    Place,
    /// Languages in common.
    Languages,
    /// One wishes for the other.
    Wishes,
}

/// Why two fit, and for how much it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub kind: ReasonKind,
    /// What it adds to the total.
    pub points: u8,
    /// What it adds at most: its weight.
    pub of: u8,
    /// In English.
    pub sentence: String,
    /// The keys of the themes of challenges that are met, the weightiest first.
    pub themes: Vec<String>,
    /// The keys of goals in common.
    pub goals: Vec<String>,
    /// The keys of languages in common.
    pub languages: Vec<String>,
    /// Which challenges are met by which strengths, the weightiest first.
    pub matches: Vec<Match>,
}

impl Reason {
    pub(super) fn new(kind: ReasonKind, points: u8, of: u8) -> Self {
        Self {
            kind,
            points,
            of,
            sentence: String::new(),
            themes: Vec::new(),
            goals: Vec::new(),
            languages: Vec::new(),
            matches: Vec::new(),
        }
    }
}

/// A reason in English, from the names that were given.
pub(super) fn sentence(reason: &Reason, own: &Applicant, theirs: &Applicant, themes: &Themes, weights: &Weights) -> String {
    let (one, other) = (own.name.as_str(), theirs.name.as_str());
    match reason.kind {
        ReasonKind::OwnChallenges => challenges(reason, own, theirs, themes),
        ReasonKind::TheirChallenges => challenges(reason, theirs, own, themes),
        ReasonKind::Goals => in_common(own, theirs, "agenda goal", &own.goals, &theirs.goals),
        ReasonKind::Languages => in_common(own, theirs, "working language", &own.languages, &theirs.languages),
        ReasonKind::Size => size(own, theirs, weights),
        ReasonKind::Place => match (&own.place, &theirs.place) {
            (Some(place), Some(same)) if place.key == same.key => format!("{one} and {other} are places of one kind: {}.", place.name),
            (Some(place), Some(differs)) => {
                format!("{one} and {other} are places of different kinds: {} and {}.", place.name, differs.name)
            }
            _ => format!("What kind of place {} is, is not known.", unknown(own, theirs, own.place.is_none(), theirs.place.is_none())),
        },
        ReasonKind::Wishes => match (own.preferred.name(theirs), theirs.preferred.name(own)) {
            (true, true) => format!("{one} and {other} wish for one another."),
            (true, false) => format!("{one} wishes for {other}."),
            (false, true) => format!("{other} wishes for {one}."),
            _ if own.preferred.is_empty() && theirs.preferred.is_empty() => format!("Neither {one} nor {other} has named a preference."),
            _ => format!("Neither {one} nor {other} wishes for the other."),
        },
    }
}

fn unknown<'a>(own: &'a Applicant, theirs: &'a Applicant, is_own: bool, is_theirs: bool) -> String {
    let names: Vec<&str> = [(is_own, &own.name), (is_theirs, &theirs.name)]
        .into_iter()
        .filter(|(is_unknown, _)| *is_unknown)
        .map(|(_, name)| name.as_str())
        .collect();
    names.join(" or ")
}

/// How the strengths of one meet the challenges of another.
fn challenges(reason: &Reason, asking: &Applicant, giving: &Applicant, themes: &Themes) -> String {
    let (asks, gives) = (&asking.name, &giving.name);
    if asking.challenges.is_empty() {
        return format!("{asks} has named no challenge.");
    }
    if reason.matches.is_empty() {
        return format!("No strength of {gives} meets a challenge of {asks}.");
    }
    let called = |line: &Line| {
        let theme = line.theme.as_deref().and_then(|theme| themes.name(theme)).filter(|_| line.title.is_empty());
        theme.unwrap_or(&line.title).to_owned()
    };
    let told: Vec<String> = reason
        .matches
        .iter()
        .filter_map(|told| {
            let challenge = asking.challenges.iter().find(|line| line.key == told.challenge)?;
            let degree = if told.percent == 100 { "wholly".to_owned() } else { format!("by {} %", told.percent) };
            Some(format!("{} {degree}", called(challenge)))
        })
        .collect();
    let all = asking.challenges.len();
    let of = if all == 1 { "the one challenge".to_owned() } else { format!("{} of {all} challenges", told.len()) };
    format!("The strengths of {gives} meet {of} of {asks}: {}.", listed(&told))
}

fn in_common(own: &Applicant, theirs: &Applicant, what: &str, ours: &[Named], others: &[Named]) -> String {
    let names: Vec<&str> = shares::common(ours, others).into_iter().map(|one| one.name.as_str()).collect();
    let (one, other) = (&own.name, &theirs.name);
    match names.len() {
        0 => format!("{one} and {other} have no {what} in common."),
        1 => format!("{one} and {other} have one {what} in common: {}.", names[0]),
        many => format!("{one} and {other} have {many} {what}s in common: {}.", listed(&names)),
    }
}

fn size(own: &Applicant, theirs: &Applicant, weights: &Weights) -> String {
    let (one, other) = (&own.name, &theirs.name);
    let (Some(ours @ 1..), Some(others @ 1..)) = (own.population, theirs.population) else {
        return format!(
            "The population of {} is not known.",
            unknown(own, theirs, own.population.is_none_or(|n| n == 0), theirs.population.is_none_or(|n| n == 0))
        );
    };
    let ratio = ours.max(others) as f64 / ours.min(others) as f64;
    let far = if ratio >= f64::from(weights.size_ratio) { format!(", {} times or more apart", weights.size_ratio) } else { String::new() };
    format!("{one} has {} inhabitants, {other} {}{far}.", grouped(ours), grouped(others))
}
