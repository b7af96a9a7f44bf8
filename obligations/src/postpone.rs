//! Giving more time.
use crate::{
    dates::{months_after, written},
    derive::obligations,
    facts::{Facts, Postponement},
    kind::State,
    obligation::MOST_POSTPONEMENTS,
    rules::Accepted,
    sentence::called,
};

/// The most time that is given at once, in months: ten years. Who names a later day slipped.
const MOST_MONTHS: i32 = 120;

/// Whether an officer may give more time. Refused, with a sentence, is what is not owed or not open, what has no day, a day that is no later, has passed or lies
/// more than ten years ahead, and a fourth time.
pub fn may_postpone(facts: &Facts, rules: &[Accepted], wanted: &Postponement) -> Result<(), String> {
    let owed = obligations(facts, rules, wanted.on);
    let what = called(&wanted.key, facts);
    let Some(owed) = owed.into_iter().find(|one| one.key == wanted.key) else {
        return Err(format!("{what} is not owed on {}.", written(wanted.on)));
    };
    if !wanted.key.kind.is_task() {
        return Err(format!("{what} is a length of time and can't be postponed: it takes a new version of the rules."));
    }
    if matches!(owed.state, State::Met | State::Waived) {
        return Err(format!("{what} is no longer open: {}", owed.sentence(facts)));
    }
    let Some(due_by) = owed.due_by else {
        return Err(format!("{what} has no day that could be postponed: {}", owed.sentence(facts)));
    };
    if owed.postponements.len() >= MOST_POSTPONEMENTS {
        return Err(format!("{what} was postponed {MOST_POSTPONEMENTS} times, which is the most: waive it, or leave it overdue."));
    }
    if wanted.until <= due_by {
        return Err(format!("{what} is due on {}: name a later day.", written(due_by)));
    }
    if wanted.until < wanted.on {
        return Err(format!("{} has passed: name a day that is still to come.", written(wanted.until)));
    }
    if months_after(wanted.on, MOST_MONTHS).is_none_or(|last| wanted.until > last) {
        return Err(format!("{} is more than ten years ahead: name an earlier day.", written(wanted.until)));
    }
    if wanted.reason.trim().is_empty() {
        return Err("Say why it is postponed.".to_owned());
    }
    Ok(())
}
