//! What the members of a pairing promised, by when, and how it stands: a pure function of rules, facts and a day. Nothing here is typed in by anybody, and nothing is kept:
//! the same rules, facts and day always give the same obligations.
//!
//! [`obligations()`] lists them, [`counts()`] their lights, [`milestones()`] what has happened to each by then (for events that are to fire once: keep the keys of those that
//! did), and [`next_change`] the next day on which to look again.
//!
//! | kind | counted from | rule | met by |
//! |---|---|---|---|
//! | [`Kind::SignAgreement`], each member | the match, or the day the member joined | `agreement_due_months` | its signature |
//! | [`Kind::NamePriority`] | the match | `priority_due_months` | a priority named |
//! | [`Kind::DeliverPlan`] | the start | `plan_due_months` | the plan |
//! | [`Kind::StartPilot`] | the start | `pilot_due_months` | the pilot |
//! | [`Kind::Report`], numbered | the start | `report_every_months` | a report |
//! | [`Kind::ReachMinimum`] | the start | `minimum_cooperation_months` | cooperating until that day |
//! | [`Kind::EndOfSupport`] | the start | `maximum_support_months` | that day's end, or support ended by hand |
//!
//! **Days** are civil, and months are calendar months clamped to the month's end: 31 August 2018 and 18 months are 29 February 2020. What is due by a day may be done on
//! that day. Members live in several zones: a day is over when it is over in the last of them ([`today`]). Facts dated after the day that is asked
//! about are not known yet; only match and start may lie ahead.
//!
//! **States and lights.** Not due (green), from a month before its day due (yellow), after its day overdue (red), met or waived (green). Where the day from which it counts is
//! unknown, so is its own: no day is invented, and the light is grey. What a member says is at risk is yellow where it would be green or grey. Signature and priority are owed
//! always: where the rules name no day they are due from the first. What is met is met, waived or not: a fact says more than leave not to bring it about.
//!
//! **Rules that change.** A newer version counts from the day all members accepted it, for what is not yet met; what was met, reached or over before stays so by the version of
//! that day. A period of reports that has begun keeps its day.
//!
//! **The end.** When a pairing is ended or completed, what is not yet overdue lapses and is listed no more; what is overdue stays so, unless it is met or waived later. The
//! minimum is broken if it ends before.
//!
//! **Dormancy** stops no clock.
mod counts;
mod dates;
mod derive;
mod facts;
mod judge;
mod kind;
mod lengths;
mod milestones;
mod obligation;
mod postpone;
mod reports;
mod rules;
mod sentence;
#[cfg(test)]
mod tests;

pub use counts::{Counts, counts};
pub use dates::{begins, months_after, today};
pub use derive::{next_change, obligations};
pub use facts::{Ending, Facts, Member, Postponement, Report, Risk, Waiver};
pub use kind::{Key, Kind, Light, State};
pub use milestones::{Milestone, MilestoneKind, milestones};
pub use obligation::{Basis, DUE_LEAD_MONTHS, Fact, MOST_POSTPONEMENTS, Obligation};
pub use postpone::may_postpone;
pub use rules::{Accepted, Rules};
