//! Rules, and which version counts when.
use jiff::civil::Date;

/// One version of a call's rules. Months are calendar months, at least 1 for reports; none is no such rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    pub version: i64,
    pub agreement_due_months: Option<i32>,
    pub priority_due_months: Option<i32>,
    pub plan_due_months: Option<i32>,
    pub pilot_due_months: Option<i32>,
    pub report_every_months: Option<i32>,
    pub minimum_cooperation_months: Option<i32>,
    pub maximum_support_months: Option<i32>,
}

/// A version that a pairing agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub rules: Rules,
    /// The day the last member accepted it. The earliest version counts from the beginning, whatever stands here.
    pub from: Option<Date>,
}

/// The versions known on a day, the earliest first.
#[derive(Clone, Debug)]
pub struct Versions<'a>(Vec<&'a Accepted>);

impl<'a> Versions<'a> {
    /// In whatever order they come.
    pub fn known(accepted: &'a [Accepted], today: Date) -> Self {
        let mut versions: Vec<&Accepted> = accepted.iter().collect();
        versions.sort_by_key(|one| (one.from, one.rules.version));
        let is_known = |(at, one): &(usize, &Accepted)| *at == 0 || one.from.is_none_or(|from| from <= today);
        Self(versions.into_iter().enumerate().filter(is_known).map(|(_, one)| one).collect())
    }

    /// That in force on a day.
    pub fn on(&self, day: Date) -> Option<&'a Rules> {
        let later = self.0.iter().rev().find(|one| one.from.is_none_or(|from| from <= day));
        later.or(self.0.first()).map(|one| &one.rules)
    }

    /// The versions that follow the earliest, with the days from which they count.
    pub fn later(&self) -> impl Iterator<Item = (Date, &'a Rules)> {
        self.0.iter().skip(1).filter_map(|one| Some((one.from?, &one.rules)))
    }

    /// Each with the day from which it counts, none for the earliest, and the day on which the next one follows.
    pub fn spans(&self) -> impl Iterator<Item = (Option<Date>, Option<Date>, &'a Rules)> {
        let from = |at: usize| self.0.get(at).and_then(|one| one.from);
        self.0.iter().enumerate().map(move |(at, one)| (from(at).filter(|_| at > 0), from(at + 1), &one.rules))
    }
}
