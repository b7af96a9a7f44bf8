//! What may be done to an agreement, and what is told of it.
use super::{
    Row,
    row::State::{self, Amended, Draft, Ended, PartlySigned, Signed},
};
use crate::{base::Moment, kernel::prelude::life::*};

events!(
    DRAFTED = "agreementDrafted" Added "An agreement was begun." first,
    SIGNED = "agreementSigned" Changed "A member signed an agreement.",
    CONCLUDED = "agreementConcluded" Paired "Every member has signed an agreement, or an amendment of it.",
    AMENDED = "agreementAmended" Changed "An amendment of an agreement was begun.",
    ENDED = "agreementEnded" Changed "An agreement ended.",
    REVISED = "agreementRevised" Changed "An agreement changed otherwise.",
);

/// What is said where its pairing was completed or has ended.
const OVER: &str = "Its pairing is over, and its members agree on nothing more in it; begin another pairing.";

const fn goes_on(row: &Row, _: Moment) -> bool {
    !row.is_pairing_over
}

/// It is not over.
const IN_FORCE: &[State] = &[Draft, PartlySigned, Signed, Amended];

pub static UPDATE: Move<Row> =
    Move::keeps("update", "changed", IN_FORCE, Act::Write, "Change what is told of it, and the document of a version nobody has signed.");
pub static SIGN: Move<Row> =
    Move::keeps("sign", "signed", IN_FORCE, Act::Write, "Note the signature of a member: the own city's people, or an officer.")
        .only_where(goes_on, OVER);
pub static AMEND: Move<Row> =
    Move::<Row>::keeps("amend", "amended", &[Signed, Amended], Act::Write, "Begin an amendment, which every member signs anew.")
        .only_where(goes_on, OVER)
        .only_where(|row, _| row.awaits().is_empty(), "An amendment still waits for signatures; change that one, or have it signed first.");
pub static END: Move<Row> = Move::to("end", "ended", IN_FORCE, Ended, Act::Govern, &ENDED, "Say that it is over; the reason is told.");

// The members' representatives and the programme's officers.
living!(Row in State = |row| row.state, [UPDATE, SIGN, AMEND, END],
    enters: |row, state| row.state = state,
    owners: |row| row.owners.0.clone(),
);

/// How many signatures its versions have, each once for a party.
fn signatures(row: &Row) -> usize {
    row.versions.iter().map(|version| version.signatures.len()).sum()
}

/// The events of one save: one for each signature.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let Some(before) = before else {
        return vec![match after.state {
            Draft | Ended => &DRAFTED,
            PartlySigned => &SIGNED,
            Signed | Amended => &CONCLUDED,
        }];
    };
    let mut told: Vec<&'static EventType> = vec![&SIGNED; signatures(after).saturating_sub(signatures(before))];
    let number = |row: &Row| row.in_force().map(|version| version.number);
    if after.is_signed() && (!before.is_signed() || number(before) < number(after)) {
        told.push(&CONCLUDED);
    }
    if before.versions.len() < after.versions.len() {
        told.push(&AMENDED);
    }
    if before.state != Ended && after.state == Ended {
        told.push(&ENDED);
    }
    if told.is_empty() {
        told.push(&REVISED);
    }
    told
}
