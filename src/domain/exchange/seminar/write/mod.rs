//! Writing seminars: one command a file.
mod document;
mod input;
mod propose;
mod register;
mod relocate;
mod schedule;
mod unregister;
mod update;

use async_graphql::InputObject;

use super::{Seminar, life};
use crate::kernel::{
    life::{ReasonedStep, Step},
    prelude::write::*,
};

use document::{DocumentSeminarInput, DocumentSeminarPayload, RecordSeminarAttendanceInput, RecordSeminarAttendancePayload};
use propose::{
    AcceptSeminarInput, AcceptSeminarPayload, ProposeSeminarInput, ProposeSeminarPayload, RetractSeminarInput, RetractSeminarPayload,
};
use register::{RegisterForSeminarInput, RegisterForSeminarPayload};
use relocate::{MoveSeminarInput, MoveSeminarPayload};
use schedule::{ScheduleSeminarInput, ScheduleSeminarPayload};
use unregister::{UnregisterFromSeminarInput, UnregisterFromSeminarPayload};
use update::{UpdateSeminarInput, UpdateSeminarPayload};

/// What `cancelSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CancelSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// Why, 1 to 2,000 characters; everyone who sees the seminar reads it.
    pub reason: String,
}

/// What `markSeminarHeld` takes.
#[derive(Clone, Debug, InputObject)]
pub struct MarkSeminarHeldInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
}

payload!(CancelSeminarPayload { seminar: Seminar }, "What `cancelSeminar` answers.", "The cancelled seminar.");
payload!(MarkSeminarHeldPayload { seminar: Seminar }, "What `markSeminarHeld` answers.", "The seminar as it is now.");
payload!(TranslateSeminarPayload { seminar: Seminar }, "What `translateSeminar` answers.", "The seminar as it is now.");

mutations!("SeminarMutation" {
    /// Proposes a seminar to its host, through a pairing or programme of which both are members: these see it until the host accepts it. For all members.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    propose_seminar(input: ProposeSeminarInput) -> ProposeSeminarPayload = input.outline.new.idempotency_key => input,
    /// Takes a proposed seminar on: it is scheduled, and seen by everyone unless it is shared with some. For the host's people, officers of its programme, and
    /// administrators; who will not have it cancels it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    accept_seminar(input: AcceptSeminarInput) -> AcceptSeminarPayload = input.target.idempotency_key => input,
    /// Takes a proposal back; it stays with its reason. For who proposed it, and for its host.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    retract_seminar(input: RetractSeminarInput) -> RetractSeminarPayload =
        input.target.idempotency_key => ReasonedStep { target: input.target, what: &life::RETRACT, reason: input.reason, column: |row| &mut row.cancelled_reason },
    /// Notes who came and who did not, once it has begun. For the host's people, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    record_seminar_attendance(input: RecordSeminarAttendanceInput) -> RecordSeminarAttendancePayload = input.target.idempotency_key => input,
    /// Says that the documents of a seminar that was held are there: minutes, presentations or a recording. For the host's people, officers of its programme, and
    /// administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    document_seminar(input: DocumentSeminarInput) -> DocumentSeminarPayload = input.target.idempotency_key => input,
    /// Schedules a seminar of a city, an organisation or a programme. For the people of the city or organisation, officers of the programme it is given to, and
    /// administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    schedule_seminar(input: ScheduleSeminarInput) -> ScheduleSeminarPayload = input.outline.new.idempotency_key => input,
    /// Changes a seminar; what is left out stays as it is. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    update_seminar(input: UpdateSeminarInput) -> UpdateSeminarPayload = input.change.target.idempotency_key => input,
    /// Gives a seminar another time or place. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    move_seminar(input: MoveSeminarInput) -> MoveSeminarPayload = input.target.idempotency_key => input,
    /// Cancels a seminar; it stays with its reason. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    cancel_seminar(input: CancelSeminarInput) -> CancelSeminarPayload =
        input.target.idempotency_key => ReasonedStep { target: input.target, what: &life::CANCEL, reason: input.reason, column: |row| &mut row.cancelled_reason },
    /// Notes that a seminar took place. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    mark_seminar_held(input: MarkSeminarHeldInput) -> MarkSeminarHeldPayload = input.target.idempotency_key => Step(input.target, &life::HOLD),
    /// Adds or replaces a translation. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    translate_seminar(input: TranslateInput<Seminar>) -> TranslateSeminarPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
    /// Takes a place for the viewer, or waits for one. Registering again changes nothing but the city. For everyone with an account who sees the seminar.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, FULL, KEY_REUSED.
    register_for_seminar(input: RegisterForSeminarInput) -> RegisterForSeminarPayload = input.idempotency_key => input,
    /// Gives the viewer's place back, which goes to who waited longest; without one it changes nothing. For everyone with an account who sees the seminar.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    unregister_from_seminar(input: UnregisterFromSeminarInput) -> UnregisterFromSeminarPayload = input.idempotency_key => input,
});
