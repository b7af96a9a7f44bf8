//! Giving more time.
use crate::{
    dates::written,
    derive::obligations,
    facts::{Facts, Postponement},
    kind::State,
    obligation::MOST_POSTPONEMENTS,
    rules::Accepted,
};

/// Whether an officer may give more time. Refused, with a sentence, is what is not owed or not open, what has no day, a day that is no later, and a fourth time.
pub fn may_postpone(facts: &Facts, rules: &[Accepted], wanted: &Postponement) -> Result<(), String> {
    let owed = obligations(facts, rules, wanted.on);
    let Some(owed) = owed.into_iter().find(|one| one.key == wanted.key) else {
        return Err(format!("{} is not owed on {}.", wanted.key, written(wanted.on)));
    };
    if !wanted.key.kind.is_task() {
        return Err(format!("{} is a length of time and can't be postponed: it takes a new version of the rules.", wanted.key));
    }
    if matches!(owed.state, State::Met | State::Waived) {
        return Err(format!("{} is no longer open: {}", wanted.key, owed.sentence(facts)));
    }
    let Some(due_by) = owed.due_by else {
        return Err(format!("{} has no day that could be postponed: {}", wanted.key, owed.sentence(facts)));
    };
    if owed.postponements.len() >= MOST_POSTPONEMENTS {
        return Err(format!("{} was postponed {MOST_POSTPONEMENTS} times, which is the most: waive it, or leave it overdue.", wanted.key));
    }
    if wanted.until <= due_by {
        return Err(format!("{} is due on {}: name a later day.", wanted.key, written(due_by)));
    }
    if wanted.reason.trim().is_empty() {
        return Err("Say why it is postponed.".to_owned());
    }
    Ok(())
}
