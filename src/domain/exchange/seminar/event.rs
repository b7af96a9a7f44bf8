//! What happened to a seminar, told from its row before and after.
use super::{Row, row::State};
use crate::store::Fact;

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, after: &Row) -> Vec<Fact> {
    let Some(before) = before else {
        // An imported seminar may be over already.
        return vec![Fact(reached(after.state))];
    };
    if before.state != after.state {
        return vec![Fact(reached(after.state))];
    }
    let place = |row: &Row| (row.starts_at, row.ends_at, row.time_zone.clone(), row.place.clone());
    if place(before) != place(after) {
        return vec![Fact("seminarMoved")];
    }
    if before.languages != after.languages && before.text_version == after.text_version {
        return vec![Fact("translationPublished")];
    }
    vec![Fact("seminarRevised")]
}

const fn reached(state: State) -> &'static str {
    match state {
        State::Proposed => "seminarRevised",
        State::Scheduled => "seminarScheduled",
        State::Cancelled => "seminarCancelled",
        State::Held => "seminarHeld",
        State::Documented => "seminarDocumented",
    }
}

#[cfg(test)]
mod tests {
    use super::{super::row::tests::row, *};
    use crate::base::Moment;

    #[test]
    fn another_time_or_place_is_a_move() {
        let before = row();
        for after in [
            Row { starts_at: Moment(2_000), ..row() },
            Row { place: Some("Town hall".into()), ..row() },
            Row { time_zone: "Europe/Paris".into(), ..row() },
        ] {
            assert_eq!(facts(Some(&before), &after), [Fact("seminarMoved")]);
        }
        assert_eq!(facts(Some(&before), &Row { title: "Other".into(), ..row() }), [Fact("seminarRevised")]);
    }

    #[test]
    fn a_state_that_was_reached_is_told_before_anything_else() {
        let cancelled = Row { state: State::Cancelled, place: Some("Town hall".into()), ..row() };
        assert_eq!(facts(Some(&row()), &cancelled), [Fact("seminarCancelled")]);
        assert_eq!(facts(None, &row()), [Fact("seminarScheduled")]);
        assert_eq!(facts(None, &Row { state: State::Held, ..row() }), [Fact("seminarHeld")]);
    }
}
