//! What may be done to an adoption, and what is told of it.
use super::{
    Adoption, Row,
    row::{
        Phase,
        State::{self, Concluded, InProgress, Withdrawn},
    },
};
use crate::{access::rule, kernel::prelude::life::*, store::event::TRANSLATED};

events!(
    RECORDED = "adoptionRecorded" Added "A city took up a practice of another one." first,
    PHASE_REACHED = "adoptionPhaseReached" Changed "A city came further with a practice of another one.",
    CONCLUDED = "adoptionConcluded" Changed "It is known what came of a city's taking up a practice of another one.",
    REOPENED = "adoptionReopened" Changed "A city is busy anew with a practice of another one.",
    ANSWERED = "adoptionAnswered" Changed "A city said something of what another one made of its practice.",
    PUBLISHED = "adoptionPublished" Published "Everyone may read what a city made of a practice of another one: both have consented.",
    WITHDRAWN = "adoptionWithdrawn" Withdrawn "What was told of a city's taking up a practice of another one was taken back.",
    REVISED = "adoptionRevised" Changed "What is told of a city's taking up a practice of another one changed.",
    RECEIVED = "adoptionReceived" Added "Another city took up a practice of a person's own city; told to that person alone." personal,
    OUTCOME_RECEIVED = "adoptionOutcomeReceived" Changed "It is known what came of a practice of a person's own city in another one; told to that person alone." personal,
    ANSWER_RECEIVED = "adoptionAnswerReceived" Changed "The city that gave a practice said something of what a person's own city made of it; told to that person alone." personal,
);

/// Every state but the last: a tombstone does not change.
const STANDING: &[State] = &[InProgress, Concluded];
/// Every state: what is to be seen by fewer is hidden even where it was withdrawn.
const ANY: &[State] = &[InProgress, Concluded, Withdrawn];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", STANDING, Act::Write, "Change what it says and is linked to.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", STANDING, Act::Write, "Add or replace a translation.");
pub static REACH_PHASE: Move<Row> =
    Move::keeps("reach_phase", "said to have reached a phase", &[InProgress], Act::Write, "Say that the city has come further.")
        .only_where(
            |row, _| !matches!(row.phase, Phase::ReUse),
            "It has reached the last phase; conclude it when it is known what came of it.",
        );
pub static CONCLUDE: Move<Row> =
    Move::to("conclude", "concluded", &[InProgress], Concluded, Act::Write, &CONCLUDED, "Say what came of it and what was learned.");
pub static REOPEN: Move<Row> = Move::to(
    "reopen",
    "reopened",
    &[Concluded],
    InProgress,
    Act::Write,
    &REOPENED,
    "Say that the city is busy with it anew; the outcome is open again.",
);
pub static ANSWER: Move<Row> = Move::keeps(
    "answer",
    "answered",
    STANDING,
    Act::Join,
    "Say something of it as the city whose practice it is; said anew it is so from then on.",
);

const CONSENT: Move<Row> =
    Move::keeps("consent", "consented to", STANDING, Act::Write, "Consent for the own city that everyone may see it; both cities have to.");
const WITHDRAW_CONSENT: Move<Row> = Move::keeps(
    "withdraw_consent",
    "hidden again",
    ANY,
    Act::Write,
    "Take the own city's consent back; the two cities alone see it from then on.",
);
/// Said where a city has consented, and where it has not.
const HAS: &str = "The city has consented already.";
const HAS_NOT: &str = "The city has not consented.";

// Each of the two cities for itself.
pub static CONSENT_AS_CITY: Move<Row> = CONSENT.only_where(|row, _| row.city_consented_on.is_none(), HAS);
pub static CONSENT_AS_OWNER: Move<Row> = Move { right: Act::Join, ..CONSENT }.only_where(|row, _| row.owner_consented_on.is_none(), HAS);
pub static WITHDRAW_CONSENT_AS_CITY: Move<Row> = WITHDRAW_CONSENT.only_where(|row, _| row.city_consented_on.is_some(), HAS_NOT);
pub static WITHDRAW_CONSENT_AS_OWNER: Move<Row> =
    Move { right: Act::Join, ..WITHDRAW_CONSENT }.only_where(|row, _| row.owner_consented_on.is_some(), HAS_NOT);

pub static WITHDRAW: Move<Row> =
    Move::to("withdraw", "withdrawn", STANDING, Withdrawn, Act::Write, &WITHDRAWN, "Take it back; a tombstone with the reason remains.");

// The city that took the practice up writes; the one that gave it answers.
living!(Row in State = |row| row.state, [
        UPDATE, TRANSLATE, REACH_PHASE, CONCLUDE, REOPEN, ANSWER, CONSENT_AS_CITY, CONSENT_AS_OWNER, WITHDRAW_CONSENT_AS_CITY, WITHDRAW_CONSENT_AS_OWNER, WITHDRAW
    ],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_cities([row.city.uuid()]),
    permits: |row, viewer, right| match right {
        Act::Join => rule::may(viewer, Act::Write, &Owners::of_cities([row.owner.uuid()])),
        right => rule::may(viewer, right, &row.owners()),
    },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let Some(before) = before else {
        return match after.state {
            InProgress => vec![&RECORDED],
            Concluded => vec![&RECORDED, &CONCLUDED],
            Withdrawn => vec![&WITHDRAWN],
        };
    };
    let mut told: Vec<&'static EventType> = Vec::new();
    if before.state != after.state {
        told.extend(life::reached::<Row>(after.state));
    } else if before.phase != after.phase {
        told.push(&PHASE_REACHED);
    }
    if after.answer.is_some() && before.answer != after.answer {
        told.push(&ANSWERED);
    }
    if !before.audience.is_public() && after.audience.is_public() && after.state != Withdrawn {
        told.push(&PUBLISHED);
    }
    if told.is_empty() {
        told.push(if text::is_translation::<Adoption>(Some(before), after) { &TRANSLATED } else { &REVISED });
    }
    told
}
