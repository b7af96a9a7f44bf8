//! What happened to a practice, told from its row before and after.
use super::{Row, row::State};
use crate::store::Fact;

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, after: &Row) -> Vec<Fact> {
    let Some(before) = before else {
        return vec![Fact(if after.state == State::Published { "practicePublished" } else { "practiceDrafted" })];
    };
    if before.state != after.state {
        return vec![Fact(match after.state {
            State::Published => "practicePublished",
            State::Withdrawn => "practiceWithdrawn",
            State::Submitted => "practiceSubmitted",
            State::Returned => "practiceReturned",
            State::Draft | State::InReview | State::Approved => "practiceRevised",
        })];
    }
    if before.languages != after.languages && before.text_version == after.text_version {
        return vec![Fact("translationPublished")];
    }
    // Also where it was hidden from some: those who still see it are told of a revision.
    vec![Fact("practiceRevised")]
}
