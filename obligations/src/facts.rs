//! What is known of a pairing.
use jiff::civil::Date;

use crate::kind::Key;

/// What is known of a pairing. Unknown days are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day it was made.
    pub matched_on: Option<Date>,
    /// The first day of the cooperation.
    pub started_on: Option<Date>,
    /// In their order, also those who left.
    pub members: Vec<Member>,
    /// The day the first thematic priority was named.
    pub priority_named_on: Option<Date>,
    pub plan_delivered_on: Option<Date>,
    pub pilot_started_on: Option<Date>,
    pub reports: Vec<Report>,
    /// The last day of support, where it was ended by hand.
    pub support_ended_on: Option<Date>,
    pub completed_on: Option<Date>,
    pub ended: Option<Ending>,
    pub waivers: Vec<Waiver>,
    pub postponements: Vec<Postponement>,
    pub risks: Vec<Risk>,
    /// What was done on a day that is not known; what has a day above is not told here.
    pub undated: Vec<Key>,
}

/// A city or organisation of a pairing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Stable: it is part of keys.
    pub key: String,
    pub name: String,
    /// None for those who were there from the beginning.
    pub joined_on: Option<Date>,
    pub left_on: Option<Date>,
    /// The day it signed the agreement.
    pub signed_on: Option<Date>,
}

/// A progress report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub given_on: Date,
    /// Which of the reports it is. None: it is the earliest one still owed whose period has begun.
    pub number: Option<u32>,
}

/// How it ended before it was completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub on: Date,
    pub reason: String,
}

/// An officer does without an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    pub key: Key,
    pub on: Date,
    pub reason: String,
}

/// An officer gives more time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postponement {
    pub key: Key,
    /// The day it was granted.
    pub on: Date,
    /// The last day to do it then.
    pub until: Date,
    pub reason: String,
}

/// A member says that something owed may not be done in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The key of the member.
    pub member: String,
    /// What is at risk; none is all that is open.
    pub key: Option<Key>,
    pub since: Date,
    /// The last day; none is until further notice.
    pub until: Option<Date>,
    /// In the member's own words.
    pub words: String,
}

impl Facts {
    /// The day it ended or was completed, as far as that is known on a day.
    pub(crate) fn closed_on(&self, today: Date) -> Option<Date> {
        let ended = self.ended.as_ref().map(|ending| ending.on);
        ended.into_iter().chain(self.completed_on).filter(|day| *day <= today).min()
    }

    pub(crate) fn member(&self, key: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.key == key)
    }

    /// All days on which something was or will be.
    pub(crate) fn days(&self) -> Vec<Date> {
        let members = self.members.iter().flat_map(|one| [one.joined_on, one.left_on, one.signed_on]);
        let singles = [
            self.matched_on,
            self.started_on,
            self.priority_named_on,
            self.plan_delivered_on,
            self.pilot_started_on,
            self.support_ended_on,
            self.completed_on,
            self.ended.as_ref().map(|ending| ending.on),
        ];
        let lists = self.reports.iter().map(|one| one.given_on).chain(self.waivers.iter().map(|one| one.on));
        let lists = lists.chain(self.postponements.iter().map(|one| one.on));
        let risks = self.risks.iter().flat_map(|one| [Some(one.since), one.until]);
        members.chain(singles).chain(risks).flatten().chain(lists).collect()
    }
}
