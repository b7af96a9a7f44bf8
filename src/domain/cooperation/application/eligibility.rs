//! Whether a city may apply: a list of checks, each with a sentence that names the fact and the rule. A pure function of the call, the city and what it hands in.
use std::collections::BTreeMap;

use async_graphql::{Enum, SimpleObject};

use crate::{
    base::{
        Code, Moment, Refusal,
        text::{fold, grouped},
    },
    domain::{
        call::{CallState, Rules, Side, Terms, WaivableRule, side_of},
        city::{CityKind, Facts, Population},
    },
};

/// A rule that decides whether a city may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EligibilityRule {
    /// The call takes applications: it was opened, and is not decided.
    CallOpen,
    /// It is in time: the call is not closed, and its last day is not over. An officer may admit a city late.
    Deadline,
    /// The city belongs to a side of the call.
    Side,
    /// The city has no other application to this call.
    Once,
    /// The city has as many inhabitants as the rules want. An officer may waive it.
    MinimumPopulation,
    /// The city says what it needs.
    Challenges,
    /// The documents that the call requires are there.
    Documents,
}

impl EligibilityRule {
    /// The code with which it refuses.
    const fn code(self) -> Code {
        match self {
            Self::CallOpen | Self::Deadline | Self::MinimumPopulation => Code::WrongState,
            Self::Side => Code::BadInput,
            Self::Once => Code::Taken,
            Self::Challenges | Self::Documents => Code::Required,
        }
    }
}

/// One check of whether a city may apply.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct EligibilityCheck {
    /// The rule.
    pub rule: EligibilityRule,
    /// Whether it holds, or was waived.
    pub passed: bool,
    /// Why, in a sentence that names the fact and the rule, and what can be done.
    pub sentence: String,
    /// The figure that was compared, where one was.
    pub figure: Option<i64>,
    /// The year of the figure.
    pub year: Option<i32>,
    /// What was counted.
    pub boundary: Option<String>,
    /// Who counted.
    pub source: Option<String>,
    /// Why an officer waived the rule; null where none did.
    pub waived_reason: Option<String>,
}

impl EligibilityCheck {
    fn new(rule: EligibilityRule, passed: bool, sentence: impl Into<String>) -> Self {
        Self { rule, passed, sentence: sentence.into(), figure: None, year: None, boundary: None, source: None, waived_reason: None }
    }

    /// The same, which holds where it was waived for this reason. What does not hold tells the fact alone; this says what is or can be done about it.
    fn unless_waived(mut self, reason: Option<&str>, cure: &str) -> Self {
        if self.passed {
            return self;
        }
        let end = if reason.is_some() { "an officer waived that, with a reason" } else { cure };
        self.sentence = format!("{}; {end}.", self.sentence);
        (self.passed, self.waived_reason) = (reason.is_some(), reason.map(str::to_owned));
        self
    }
}

/// What is judged.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The call.
    pub terms: &'a Terms,
    /// The city.
    pub city: &'a Facts,
    /// When.
    pub now: Moment,
    /// Whether the city has another application to the call.
    pub has_applied: bool,
    /// What it hands in; none before anything is written.
    pub handed_in: Option<HandedIn<'a>>,
}

/// What a city hands in, as far as rules ask for it.
#[derive(Clone, Copy, Debug)]
pub struct HandedIn<'a> {
    /// How many challenges it names.
    pub challenges: usize,
    /// The titles of the documents about it that are published.
    pub documents: &'a [String],
}

/// All checks, in the order in which people think of them.
pub fn checks(case: &Case<'_>) -> Vec<EligibilityCheck> {
    let waived = |rule| case.terms.waived(case.city.id.uuid(), rule);
    let mut checks = vec![
        call_open(case.terms),
        deadline(case).unless_waived(waived(WaivableRule::Deadline), "an officer of the programme may admit a city late, with a reason"),
        side(case),
        once(case),
        population(case.terms.rules(), case.city)
            .unless_waived(waived(WaivableRule::MinimumPopulation), "an officer of the programme may waive it, with a reason"),
    ];
    if let Some(handed_in) = &case.handed_in {
        let said = if handed_in.challenges > 0 { "It says what it needs." } else { "It names no challenge; say what the city needs." };
        checks.push(EligibilityCheck::new(EligibilityRule::Challenges, handed_in.challenges > 0, said));
        checks.push(documents(case.terms, handed_in.documents));
    }
    checks
}

/// The refusals of what does not hold.
pub fn refusals(checks: &[EligibilityCheck]) -> Vec<Refusal> {
    let failed = checks.iter().filter(|check| !check.passed);
    failed.map(|check| Refusal::new(check.rule.code(), "input.id", check.sentence.clone())).collect()
}

fn call_open(terms: &Terms) -> EligibilityCheck {
    let (passed, said) = match (terms.state(), terms.opens_by()) {
        (CallState::Announced, Some(day)) => (false, format!("The call is not open yet; it opens on {day} at the latest.")),
        (CallState::Announced, None) => (false, "The call is not open yet; when it opens is not known.".to_owned()),
        (CallState::Decided, _) => (false, "The call is decided; it takes no more applications.".to_owned()),
        (CallState::Open | CallState::Closed, _) => (true, "The call was opened and is not decided.".to_owned()),
    };
    EligibilityCheck::new(EligibilityRule::CallOpen, passed, said)
}

fn deadline(case: &Case<'_>) -> EligibilityCheck {
    let terms = case.terms;
    let is_over = terms.deadline().is_some_and(|end| case.now >= end);
    let (passed, said) = match terms.closes_by() {
        Some(day) if is_over => (false, format!("The last day to apply was {day} (UTC)")),
        _ if terms.state() == CallState::Closed => (false, "The call is closed".to_owned()),
        Some(day) => (true, format!("The last day to apply is {day} (UTC).")),
        None if terms.never_closes() => (true, "The call never closes.".to_owned()),
        None => (true, "When the call closes is not known.".to_owned()),
    };
    EligibilityCheck::new(EligibilityRule::Deadline, passed, said)
}

/// What is said of a city that is on none of these sides.
pub fn on_no_side(city: &str, sides: &[Side]) -> String {
    let names: Vec<String> = sides.iter().map(|side| format!("“{}”", side.name)).collect();
    format!("{city} belongs to no side of the call; its sides are {}.", names.join(", "))
}

fn side(case: &Case<'_>) -> EligibilityCheck {
    let (sides, name) = (case.terms.sides(), &case.city.name);
    let (passed, said) = match side_of(sides, case.city.id.uuid(), &case.city.country) {
        Some(side) => (true, format!("{name} is on the side “{}”.", side.name)),
        None if sides.is_empty() => (true, "The call tells no sides: cities of all may apply.".to_owned()),
        None => (false, on_no_side(name, sides)),
    };
    EligibilityCheck::new(EligibilityRule::Side, passed, said)
}

fn once(case: &Case<'_>) -> EligibilityCheck {
    let name = &case.city.name;
    let said = match case.has_applied {
        true => format!("{name} has another application to this call; change that one, or take it back."),
        false => format!("{name} has no other application to this call."),
    };
    EligibilityCheck::new(EligibilityRule::Once, !case.has_applied, said)
}

/// A count of inhabitants that a rule is held against.
#[derive(Debug, PartialEq, Eq)]
struct Figure {
    value: i64,
    year: Option<i32>,
    boundary: Option<String>,
    source: Option<String>,
}

impl Figure {
    fn of(population: &Population) -> Self {
        Self { value: population.value, year: population.year, boundary: population.boundary.clone(), source: population.source.clone() }
    }

    /// What is known of it: “city proper, 2019, Statistics Office”.
    fn told(&self) -> String {
        let year = self.year.map(|year| year.to_string());
        let known: Vec<&str> = [self.boundary.as_deref(), year.as_deref(), self.source.as_deref()].into_iter().flatten().collect();
        if known.is_empty() { "of unknown boundary, year and source".to_owned() } else { known.join(", ") }
    }
}

/// A boundary as it is compared: what stands in brackets is another word for it. “City proper (commune)” is “city proper”.
fn bounded(told: &str) -> String {
    fold(told.split('(').next().unwrap_or(told).trim())
}

/// The count that the rules ask for: of a group of municipalities their sum, where the rules sum them; else the newest in their boundary, or in the one that the city tells first.
fn figure(rules: &Rules, city: &Facts) -> Option<Figure> {
    let sum = if rules.sums_municipalities && city.kind != CityKind::City { summed(&city.populations) } else { None };
    let of_the_whole = || city.populations.iter().filter(|population| population.municipality.is_none());
    let found = || {
        let usual = city.population().and_then(|first| first.boundary.as_deref());
        let boundary = rules.population_boundary.as_deref().or(usual).map(bounded);
        // Of one year what is told first.
        of_the_whole()
            .filter(|population| population.boundary.as_deref().map(bounded) == boundary)
            .rev()
            .max_by_key(|population| population.year)
    };
    sum.or_else(|| found().map(Figure::of))
}

/// The sum of the newest counts of the municipalities; none where none is told.
fn summed(populations: &[Population]) -> Option<Figure> {
    let mut newest: BTreeMap<&str, &Population> = BTreeMap::new();
    for population in populations {
        let Some(municipality) = population.municipality.as_deref() else { continue };
        let kept = newest.entry(municipality).or_insert(population);
        if population.year > kept.year {
            *kept = population;
        }
    }
    if newest.is_empty() {
        return None;
    }
    let mut sources: Vec<&str> = newest.values().filter_map(|population| population.source.as_deref()).collect();
    sources.sort_unstable();
    sources.dedup();
    Some(Figure {
        value: newest.values().map(|population| population.value).sum(),
        // As old as the oldest count in it; unknown where one is.
        year: newest.values().map(|population| population.year).min().flatten(),
        boundary: Some(format!("sum of {} municipalities", newest.len())),
        source: (!sources.is_empty()).then(|| sources.join("; ")),
    })
}

fn population(rules: &Rules, city: &Facts) -> EligibilityCheck {
    let rule = EligibilityRule::MinimumPopulation;
    let name = &city.name;
    let Some(minimum) = rules.minimum_population else {
        return EligibilityCheck::new(rule, true, "The call asks for no number of inhabitants.");
    };
    let counted = rules.population_boundary.as_ref().map_or_else(String::new, |boundary| format!(" (counted in “{boundary}”)"));
    let wanted = format!("the call asks for {}{counted}", grouped(minimum));
    let Some(figure) = figure(rules, city) else {
        let said = format!("How many people live in {name} is not known in the way the call counts: add the count to the city; {wanted}");
        return EligibilityCheck::new(rule, false, said);
    };
    let passed = figure.value >= minimum;
    let end = if passed { "." } else { "" };
    let said = format!("{name} has {} inhabitants ({}); {wanted}{end}", grouped(figure.value), figure.told());
    EligibilityCheck {
        figure: Some(figure.value),
        year: figure.year,
        boundary: figure.boundary,
        source: figure.source,
        ..EligibilityCheck::new(rule, passed, said)
    }
}

fn documents(terms: &Terms, titles: &[String]) -> EligibilityCheck {
    let is_there = |name: &str| titles.iter().any(|title| fold(title.trim()) == fold(name));
    let missing: Vec<String> =
        terms.required_documents().iter().filter(|wanted| !is_there(&wanted.name)).map(|wanted| format!("“{}”", wanted.name)).collect();
    let said = match (terms.required_documents().is_empty(), missing.is_empty()) {
        (true, _) => "The call asks for no documents.".to_owned(),
        (false, true) => "The documents that the call asks for are there.".to_owned(),
        (false, false) => format!("The call asks for {}: publish a document of that title about the application.", missing.join(", ")),
    };
    EligibilityCheck::new(EligibilityRule::Documents, missing.is_empty(), said)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::base::Id;

    fn count(boundary: Option<&str>, value: i64, year: i32, municipality: Option<&str>) -> Population {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Population {
            boundary: text(boundary),
            value,
            year: Some(year),
            source: Some("Census".to_owned()),
            municipality: text(municipality),
        }
    }

    fn city(kind: CityKind, populations: &[Population]) -> Facts {
        Facts {
            id: Id::new(Uuid::from_u128(1)),
            name: "Quince".to_owned(),
            country: "DE".to_owned(),
            kind,
            populations: populations.to_vec(),
        }
    }

    fn rules(minimum: Option<i64>, boundary: Option<&str>, sums: bool) -> Rules {
        Rules {
            version: 1,
            minimum_population: minimum,
            population_boundary: boundary.map(str::to_owned),
            sums_municipalities: sums,
            ..Rules::default()
        }
    }

    #[test]
    fn inhabitants_are_counted_in_the_boundary_of_the_rules_and_in_the_newest_year() {
        let counts = [
            count(Some("city proper"), 90_000, 2020, None),
            count(Some("Metropolitan Area"), 240_000, 2011, None),
            count(Some("metropolitan area"), 260_000, 2021, None),
        ];
        let quince = city(CityKind::City, &counts);
        let check = population(&rules(Some(100_000), Some("metropolitan area"), false), &quince);
        assert_eq!((check.passed, check.figure, check.year), (true, Some(260_000), Some(2021)));
        let check = population(&rules(Some(100_000), None, false), &quince);
        assert!(!check.passed, "the usual boundary comes first");
        assert_eq!(check.sentence, "Quince has 90,000 inhabitants (city proper, 2020, Census); the call asks for 100,000");
        let check = population(&rules(Some(100_000), Some("region"), false), &quince);
        assert_eq!((check.passed, check.figure), (false, None));
        assert!(population(&rules(None, None, false), &city(CityKind::City, &[])).passed);
    }

    #[test]
    fn the_newest_count_in_the_city_s_usual_boundary_counts_whatever_it_is_also_called() {
        let counts = [
            count(Some("city proper (commune)"), 90_000, 2010, None),
            count(Some("City proper"), 110_000, 2020, None),
            count(Some("metropolitan area"), 400_000, 2021, None),
        ];
        let quince = city(CityKind::City, &counts);
        assert_eq!(population(&rules(Some(100_000), None, false), &quince).figure, Some(110_000));
        assert_eq!(population(&rules(Some(100_000), Some("city proper"), false), &quince).figure, Some(110_000));
    }

    #[test]
    fn of_a_group_of_municipalities_the_sum_counts_where_the_rules_say_so() {
        let counts = [
            count(None, 10_000, 2011, Some("Upper")),
            count(None, 12_000, 2021, Some("Upper")),
            count(None, 30_000, 2011, Some("Lower")),
            count(Some("union"), 20_000, 2021, None),
        ];
        let group = city(CityKind::AssociationOfMunicipalities, &counts);
        let check = population(&rules(Some(40_000), None, true), &group);
        assert_eq!((check.passed, check.figure, check.year), (true, Some(42_000), Some(2011)));
        assert_eq!(check.boundary.as_deref(), Some("sum of 2 municipalities"));
        assert_eq!(population(&rules(Some(40_000), None, false), &group).figure, Some(20_000));
    }

    #[test]
    fn what_was_waived_holds_and_says_why() {
        let failed =
            |reason| EligibilityCheck::new(EligibilityRule::Deadline, false, "It is late").unless_waived(reason, "an officer may waive it");
        assert_eq!(refusals(&[failed(None)])[0].message, "It is late; an officer may waive it.");
        let waived = failed(Some("The post was late."));
        assert_eq!(waived.sentence, "It is late; an officer waived that, with a reason.");
        assert!(waived.passed && refusals(std::slice::from_ref(&waived)).is_empty());
        assert_eq!(waived.waived_reason.as_deref(), Some("The post was late."));
    }
}
