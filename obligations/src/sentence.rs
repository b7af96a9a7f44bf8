//! Why it stands so, in English, naming the fact and the rule. Made when it is asked for: most of the time of reckoning thousands would go into it.
use crate::{
    dates::{counted, days_between, next, written},
    facts::Facts,
    kind::{Key, Kind, State},
    obligation::{Basis, Fact, MOST_POSTPONEMENTS, Obligation},
};

impl Obligation {
    /// Why it stands so, for the facts that it was derived from: “The plan is due on 29 February 2020: 18 months after the start on 31 August 2018 (rules version 2).”
    pub fn sentence(&self, facts: &Facts) -> String {
        let mut told = match self.key.kind {
            Kind::ReachMinimum => self.of_minimum(facts),
            Kind::EndOfSupport => self.of_support(facts),
            _ => self.of_task(facts),
        };
        for risk in &self.risks {
            let name = facts.member(&risk.member).map_or(risk.member.as_str(), |member| member.name.as_str());
            let until = risk.until.map(|until| format!(" until {}", written(until))).unwrap_or_default();
            told += &format!(" {name} says that it is at risk{until} (“{}”).", risk.words);
        }
        told
    }

    fn of_task(&self, facts: &Facts) -> String {
        let (subject, done) = subject(&self.key, facts);
        let (what, fact) = (called(&self.key, facts), self.basis.fact(&self.key, facts));
        let why = self.why(&fact);
        let since = || self.basis.since.map(written).unwrap_or_default();
        match (self.state, self.due_by) {
            (State::Met, _) => self.met(&what, done, &why),
            (State::Waived, _) => format!("{what} was waived{}{}.", self.waiver(), self.was_due(&why)),
            (State::NotDue, Some(due_by)) => format!("{what} is due on {}: {why}.", written(due_by)),
            (State::NotDue, None) if self.due_from.is_none() => format!("When {subject} is due is unknown: {why}."),
            (State::NotDue, None) => format!("{what} is due from {fact} on {}: {why}.", since()),
            (State::Due, Some(due_by)) => format!("{what} is due now, on {} at the latest: {why}.", written(due_by)),
            (State::Due | State::Overdue, None) => format!("{what} is due since {fact} on {}: {why}.", since()),
            (State::Overdue, Some(due_by)) => {
                let was = format!("{what} was due on {}: {why}.", written(due_by));
                if self.is_closed {
                    format!("{was} It was not {done} before the cooperation ended on {}.", written(self.as_of))
                } else {
                    format!("{was} It has been overdue since {}.", written(next(due_by)))
                }
            }
        }
    }

    fn met(&self, what: &str, done: &str, why: &str) -> String {
        let Some(met_on) = self.met_on else {
            return format!("{what} was {done}, on a day that is not known{}.{}", self.was_due(why), self.had_been_waived());
        };
        let late = self.due_by.filter(|due_by| met_on > *due_by).map(|due_by| format!(", {} late", days_between(due_by, met_on)));
        let due = match (self.due_by, self.basis.since) {
            (None, None) => format!("; when it was due is unknown: {why}"),
            _ => self.was_due(why),
        };
        format!("{what} was {done} on {}{}{due}.{}", written(met_on), late.unwrap_or_default(), self.had_been_waived())
    }

    fn of_minimum(&self, facts: &Facts) -> String {
        let why = self.why("the start");
        let long = counted(self.basis.months.unwrap_or_default(), "month");
        let day = self.due_by.map(written).unwrap_or_default();
        match self.state {
            State::Met => {
                let met_on = self.met_on.unwrap_or(self.as_of);
                format!("The minimum was reached on {}: {why}.{}", written(met_on), self.had_been_waived())
            }
            State::Waived => format!("The minimum of {long} was waived{}: {why}.", self.waiver()),
            State::Overdue => {
                let on = written(self.as_of);
                let ending = facts.ended.as_ref().filter(|ending| ending.on == self.as_of);
                let ended =
                    ending.map_or_else(|| format!("was completed on {on}"), |ending| format!("ended on {on} (“{}”)", ending.reason));
                format!("The cooperation {ended}, before its minimum was reached, which was to be on {day}: {why}.")
            }
            State::NotDue | State::Due if self.due_by.is_none() => format!("When the minimum of {long} is reached is unknown: {why}."),
            State::NotDue | State::Due => format!("The minimum is reached on {day}: {why}."),
        }
    }

    fn of_support(&self, facts: &Facts) -> String {
        let why = self.why("the start");
        let day = self.due_by.map(written);
        match (self.state, day) {
            (State::Met, day) => {
                let met_on = self.met_on.unwrap_or(self.as_of);
                let on = written(met_on);
                if self.due_by.is_some_and(|due_by| due_by <= met_on) {
                    return format!("Support ended on {on}: {why}.");
                }
                let how = if facts.support_ended_on == Some(met_on) { "was ended on" } else { "ended with the cooperation on" };
                let planned = day.map(|day| format!(", planned to end on {day}")).unwrap_or_default();
                format!("Support {how} {on}{planned}: {why}.")
            }
            (State::Waived, _) => format!("The end of support was waived{}: {why}.", self.waiver()),
            (State::Due, Some(day)) => format!("Support ends soon, on {day}: {why}."),
            (_, Some(day)) => format!("Support ends on {day}: {why}."),
            (_, None) => format!("When support ends is unknown: {why}."),
        }
    }

    /// The rule, and how often it was postponed.
    fn why(&self, fact: &str) -> String {
        let mut why = self.basis.told(fact);
        if let (Some(last), Some(first)) = (self.postponements.last(), self.first_due_by) {
            let times = self.postponements.len();
            why += &format!(", postponed from {} (“{}”; {times} of {MOST_POSTPONEMENTS})", written(first), last.reason);
        }
        why
    }

    fn was_due(&self, why: &str) -> String {
        self.due_by.map_or_else(String::new, |due_by| format!(": it was due on {}, {why}", written(due_by)))
    }

    /// “ on 3 May 2019 (“reason”)”.
    fn waiver(&self) -> String {
        self.waived.as_ref().map_or_else(String::new, |waiver| format!(" on {} (“{}”)", written(waiver.on), waiver.reason))
    }

    fn had_been_waived(&self) -> String {
        if self.waived.is_some() { format!(" It had been waived{}.", self.waiver()) } else { String::new() }
    }
}

impl Basis {
    /// “the start”, “Lyon joined”.
    fn fact(&self, key: &Key, facts: &Facts) -> String {
        match self.fact {
            Fact::Match => "the match".to_owned(),
            Fact::Start => "the start".to_owned(),
            Fact::Joined => format!("{} joined", name(key, facts)),
            Fact::RulesChanged => "the rules changed".to_owned(),
        }
    }

    /// “18 months after the start on 31 August 2018 (rules version 2)”; where the day is unknown that it is, and where the rules name none that they don't.
    fn told(&self, fact: &str) -> String {
        let version = self.version.map_or_else(String::new, |version| format!("rules version {version}"));
        match (self.months, self.since) {
            (Some(months), Some(since)) => {
                let every = self.every.map_or_else(String::new, |every| format!(", one every {}", counted(every, "month")));
                format!("{} after {fact} on {}{every} ({version})", counted(months, "month"), written(since))
            }
            (Some(months), None) => format!("the day of {fact} is unknown ({} after it, {version})", counted(months, "month")),
            (None, None) => format!("the day of {fact} is unknown"),
            (None, Some(_)) if version.is_empty() => "no rules name a last day".to_owned(),
            (None, Some(_)) => format!("{version} names no last day"),
        }
    }
}

/// What is owed, and what is done to it.
fn subject(key: &Key, facts: &Facts) -> (String, &'static str) {
    match key.kind {
        Kind::SignAgreement => (format!("the signature of {}", name(key, facts)), "given"),
        Kind::NamePriority => ("the thematic priority".to_owned(), "named"),
        Kind::DeliverPlan => ("the plan".to_owned(), "delivered"),
        Kind::StartPilot => ("the pilot".to_owned(), "started"),
        Kind::Report => (format!("report {}", key.number.unwrap_or_default()), "given"),
        Kind::ReachMinimum => ("the minimum".to_owned(), "reached"),
        Kind::EndOfSupport => ("support".to_owned(), "ended"),
    }
}

/// What is owed, as a sentence begins: “The plan”.
pub(crate) fn called(key: &Key, facts: &Facts) -> String {
    capital(&subject(key, facts).0)
}

fn name<'a>(key: &'a Key, facts: &'a Facts) -> &'a str {
    let key = key.member.as_deref().unwrap_or_default();
    facts.member(key).map_or(key, |member| member.name.as_str())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
