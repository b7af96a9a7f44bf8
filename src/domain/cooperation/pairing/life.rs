//! What may be done to a pairing, and what is told of it.
use super::{
    Row,
    decided::Decisions,
    member::{self, Party},
    row::State::{self, Active, Agreed, Completed, Dormant, Ended, Matched},
};
use crate::kernel::prelude::life::*;

events!(
    MATCHED = "pairingMatched" Paired "Cities were matched.",
    AGREED = "pairingAgreed" Changed "The members of a pairing agreed on what they will do.",
    ACTIVATED = "pairingActivated" Paired "A pairing became active.",
    PAUSED = "pairingPaused" Changed "A pairing pauses.",
    COMPLETED = "pairingCompleted" Changed "The members of a pairing did what they promised.",
    ENDED = "pairingEnded" Changed "A pairing ended before it was completed.",
    JOINED = "pairingMemberJoined" Changed "A city or organisation joined a pairing.",
    LEFT = "pairingMemberLeft" Changed "A city or organisation left a pairing.",
    PRIORITY_CHOSEN = "pairingPriorityChosen" Changed "The members of a pairing chose a theme.",
    REVISED = "pairingRevised" Changed "A pairing changed otherwise.",
);

/// Every state.
const ANY: &[State] = &[Matched, Agreed, Active, Completed, Dormant, Ended];
/// It is not over: a pairing ends once.
const GOING_ON: &[State] = &[Matched, Agreed, Active, Dormant];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", ANY, Act::Govern, "Change what is told of it.");
pub static ADD_MEMBER: Move<Row> =
    Move::keeps("add_member", "given another member", GOING_ON, Act::Govern, "Have a city or organisation join it: `addPairingMember`.");
pub static UPDATE_MEMBER: Move<Row> =
    Move::keeps("update_member", "given a member's role", GOING_ON, Act::Govern, "Change the role of a member: `updatePairingMember`.");
pub static REMOVE_MEMBER: Move<Row> =
    Move::keeps("remove_member", "left by a member", GOING_ON, Act::Govern, "Have a member leave, with a reason: `removePairingMember`.");
pub static CHOOSE_PRIORITY: Move<Row> = Move::keeps(
    "choose_priority",
    "given another theme",
    GOING_ON,
    Act::Write,
    "Tell which theme its members chose, from when, and why: `choosePairingPriority`.",
);
pub static COMMIT_RESOURCES: Move<Row> =
    Move::keeps("commit_resources", "given resources", GOING_ON, Act::Write, "Tell what a member commits to it: `commitPairingResources`.");
pub static ACCEPT_RULES: Move<Row> = Move::keeps(
    "accept_rules",
    "bound by newer rules",
    GOING_ON,
    Act::Join,
    "Accept a newer version of the call's rules for a city of it: `acceptRules`.",
)
.only_where(|row, _| row.call.is_some(), "It follows the rules of no call.");
static MATCH: Move<Row> = Move::to(
    "match",
    "matched",
    &[Agreed],
    Matched,
    Act::Govern,
    &REVISED,
    "Say that its cities are matched and did not agree after all: `updatePairing(state:)`.",
);
static AGREE: Move<Row> =
    Move::to("agree", "agreed", &[Matched], Agreed, Act::Govern, &AGREED, "Say that its cities agreed: `updatePairing(state:)`.");
/// By hand, even where every member has signed: agreements are often signed before the work begins, and the day it begins is the officer's to tell.
pub static ACTIVATE: Move<Row> = Move::to(
    "activate",
    "made active",
    &[Agreed, Dormant],
    Active,
    Act::Govern,
    &ACTIVATED,
    "Say that its cities work together; every member has signed its agreement by then: `updatePairing(state:)`.",
)
.only_where(|row, _| row.signed_agreements > 0, "Not every member has signed its agreement.");
static COMPLETE: Move<Row> = Move::to(
    "complete",
    "completed",
    &[Active],
    Completed,
    Act::Govern,
    &COMPLETED,
    "Say that its cities did what they promised: `updatePairing(state:)`.",
);
static PAUSE: Move<Row> =
    Move::to("pause", "paused", &[Active], Dormant, Act::Govern, &PAUSED, "Say that its cities pause: `updatePairing(state:)`.");
static END: Move<Row> =
    Move::to("end", "ended", GOING_ON, Ended, Act::Govern, &ENDED, "Say that it ended early, and why: `updatePairing(state:, reason:)`.");

// The programme's officers; what its members chose and commit they tell themselves, too.
living!(Row in State = |row| row.state,
    [UPDATE, ADD_MEMBER, UPDATE_MEMBER, REMOVE_MEMBER, CHOOSE_PRIORITY, COMMIT_RESOURCES, ACCEPT_RULES, MATCH, AGREE, ACTIVATE, COMPLETE, PAUSE, END],
    owners: |row| row.own(),
);

/// The events of one save; that somebody left is told by [`left`], to them, too.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let Some(before) = before else { return vec![&MATCHED] };
    // What was decided about what it owes is told of that, and to fewer.
    if before.decisions() != after.decisions() && undecided(before) == undecided(after) {
        return Vec::new();
    }
    let mut told = Vec::new();
    if before.state != after.state {
        told.push(life::reached::<Row>(after.state).unwrap_or(&REVISED));
    }
    if !lost(after, before).is_empty() {
        told.push(&JOINED);
    }
    if before.theme != after.theme {
        told.push(&PRIORITY_CHOSEN);
    }
    if told.is_empty() && lost(before, after).is_empty() {
        told.push(&REVISED);
    }
    told
}

/// The row without what was decided about what it owes, and whichever save it is.
fn undecided(row: &Row) -> Row {
    let mut plain = Row { version: 0, updated_at: row.created_at, ..row.clone() };
    plain.decide(Decisions::default());
    plain
}

/// The members of now that the other row does not have.
pub(super) fn lost(row: &Row, other: &Row) -> Vec<Party> {
    let stays = |party: &Party| member::current(&other.members).any(|member| member.party == *party);
    member::current(&row.members).map(|member| member.party).filter(|party| !stays(party)).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{access::Audience, base::Id, store::Json};

    fn row(state: State, cities: &[u128]) -> Row {
        let cities: Vec<Uuid> = cities.iter().map(|city| Uuid::from_u128(*city)).collect();
        Row { state, members: Json(member::of_cities(&cities)), ..Row::blank(Id::new(Uuid::nil()), String::new(), Audience::public()) }
    }

    #[test]
    fn what_happened_is_told_and_a_revision_only_where_nothing_else_was() {
        let before = row(Matched, &[1, 2]);
        assert_eq!(events(None, &before), [&MATCHED]);
        assert_eq!(events(Some(&before), &row(Agreed, &[1, 2])), [&AGREED]);
        assert_eq!(events(Some(&before), &row(Agreed, &[1, 2, 3])), [&AGREED, &JOINED]);
        assert_eq!(events(Some(&before), &row(Matched, &[1, 3])), [&JOINED]);
        // Who left is told apart.
        assert!(events(Some(&row(Matched, &[1, 2, 3])), &before).is_empty());
        assert_eq!(events(Some(&before), &Row { name: "Other".into(), ..before.clone() }), [&REVISED]);
    }

    #[test]
    fn nothing_jumps() {
        let ways: Vec<(State, State)> = [&MATCH, &AGREE, &ACTIVATE, &COMPLETE, &PAUSE, &END]
            .iter()
            .flat_map(|what| what.from.iter().map(|from| (*from, what.to.unwrap())))
            .collect();
        for (from, to) in
            [(Matched, Active), (Matched, Completed), (Agreed, Completed), (Matched, Dormant), (Agreed, Dormant), (Dormant, Completed)]
        {
            assert!(!ways.contains(&(from, to)), "{from:?} to {to:?}");
        }
        assert!(ways.iter().all(|(from, _)| ![Completed, Ended].contains(from)), "a pairing ends once");
        assert!([Matched, Agreed, Active, Dormant].iter().all(|from| ways.contains(&(*from, Ended))));
    }
}
