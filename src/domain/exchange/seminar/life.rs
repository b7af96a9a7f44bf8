//! What may be done to a seminar, and what is told of it.
use super::{
    Row, Seminar,
    row::State::{self, Cancelled, Documented, Held, Proposed, Scheduled},
};
use crate::{access::rule, base::Id, kernel::prelude::life::*};

events!(
    PROPOSED = "seminarProposed" Added "A seminar was proposed to its host.",
    PLACE_FOUND = "seminarPlaceFound" Placed "A place became free for somebody who waited for it; told to that person alone." personal,
    PLACE_HANDED_ON = "seminarPlaceHandedOn" Added "A place, or the wait for one, was handed on to somebody; told to that person alone." personal,
    SCHEDULED = "seminarScheduled" Scheduled "A seminar was scheduled.",
    MOVED = "seminarMoved" Moved "A seminar got another time or place.",
    CANCELLED = "seminarCancelled" Cancelled "A seminar was cancelled.",
    HELD = "seminarHeld" Held "A seminar took place.",
    DOCUMENTED = "seminarDocumented" Documented "A seminar's documents are there.",
    REVISED = "seminarRevised" Changed "A seminar changed otherwise.",
);

/// Every state.
const ANY: &[State] = &[Proposed, Scheduled, Cancelled, Held, Documented];
/// It is still to come.
pub(super) const TO_COME: &[State] = &[Proposed, Scheduled];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", ANY, Act::Write, "Change what it says, but for time and place.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", ANY, Act::Write, "Add or replace a translation.");
pub static MOVE: Move<Row> = Move::keeps("move", "moved", TO_COME, Act::Write, "Give it another time or place.");
pub static CANCEL: Move<Row> = Move::to(
    "cancel",
    "cancelled",
    TO_COME,
    Cancelled,
    Act::Write,
    &CANCELLED,
    "Call it off; the reason is told to those who have a place.",
);
pub static HOLD: Move<Row> = Move::to("mark_held", "marked as held", TO_COME, Held, Act::Write, &HELD, "Note that it took place.")
    .only_where(|row, now| row.has_begun(now), "It has not started yet.");

pub static ACCEPT: Move<Row> =
    Move::to("accept", "accepted", &[Proposed], Scheduled, Act::Write, &SCHEDULED, "Take the proposal on: it will take place.")
        .only_where(|row, now| !row.has_begun(now), "It would have begun already; give it another time first.");
pub static RETRACT: Move<Row> = Move::to(
    "retract",
    "retracted",
    &[Proposed],
    Cancelled,
    Act::Join,
    &CANCELLED,
    "Take a proposal of one's own back; the host may, too.",
);
pub static DOCUMENT: Move<Row> = Move::to(
    "document",
    "documented",
    &[Held],
    Documented,
    Act::Write,
    &DOCUMENTED,
    "Say that its documents are there: minutes, presentations or a recording.",
);
pub static RECORD_ATTENDANCE: Move<Row> =
    Move::keeps("record_attendance", "given its attendance", &[Scheduled, Held, Documented], Act::Write, "Note who came.")
        .only_where(|row, now| row.has_begun(now), "It has not started yet.");

// The host's people and the programme's officers; a proposal is its proposer's to take back.
living!(Row in State = |row| row.state, [UPDATE, TRANSLATE, MOVE, ACCEPT, RETRACT, CANCEL, HOLD, RECORD_ATTENDANCE, DOCUMENT],
    enters: |row, state| row.state = state,
    owners: |row| {
        let mut owners = row.organisation_owners.0.clone();
        owners.cities.extend(row.host.map(Id::uuid));
        owners.programmes.extend(row.programme.map(Id::uuid));
        owners
    },
    permits: |row, viewer, right| match right {
        Act::Join if viewer.person.is_some() && viewer.person == row.proposed_by.map(Id::uuid) => true,
        Act::Join => rule::may(viewer, Act::Write, &row.owners()),
        right => rule::may(viewer, right, &row.owners()),
    },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let place = |row: &Row| (row.starts_at, row.ends_at, row.time_zone.clone(), row.place.clone());
    let is_translation = text::is_translation::<Seminar>(before, after);
    match before {
        Some(before) if before.state == after.state && place(before) != place(after) => vec![&MOVED],
        // An imported seminar may be over already.
        _ if before.is_none_or(|before| before.state != after.state) => vec![match after.state {
            Proposed => &PROPOSED,
            state => life::reached::<Row>(state).unwrap_or(&REVISED),
        }],
        _ => life::events(before, after, &SCHEDULED, &REVISED, is_translation),
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
            assert_eq!(events(Some(&before), &after), [&MOVED]);
        }
        assert_eq!(events(Some(&before), &Row { title: "Other".into(), ..row() }), [&REVISED]);
    }

    #[test]
    fn a_state_that_was_reached_is_told_before_anything_else() {
        let cancelled = Row { state: Cancelled, place: Some("Town hall".into()), ..row() };
        assert_eq!(events(Some(&row()), &cancelled), [&CANCELLED]);
        assert_eq!(events(None, &row()), [&SCHEDULED]);
        assert_eq!(events(None, &Row { state: Proposed, ..row() }), [&PROPOSED]);
        assert_eq!(events(Some(&Row { state: Proposed, ..row() }), &row()), [&SCHEDULED]);
        assert_eq!(events(Some(&Row { state: Held, ..row() }), &Row { state: Documented, ..row() }), [&DOCUMENTED]);
        assert_eq!(events(None, &Row { state: Held, ..row() }), [&HELD]);
    }
}
