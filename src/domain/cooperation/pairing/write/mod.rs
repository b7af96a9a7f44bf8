//! Writing pairings: the programme's officers and administrators; what its members chose and commit to it they tell themselves, too.
mod matched;
mod members;
mod pairing;
mod priority;
mod resources;

use super::{Pairing, rules::AcceptRulesInput};
use crate::kernel::prelude::write::*;

pub use matched::{bring_together, end_matched};
use members::{AddPairingMemberInput, RemovePairingMemberInput, UpdatePairingMemberInput};
pub(super) use pairing::called;
use pairing::{CreatePairingInput, CreatePairingPayload, UpdatePairingInput, UpdatePairingPayload};
use priority::ChoosePairingPriorityInput;
use resources::CommitPairingResourcesInput;

payload!(AcceptRulesPayload { pairing: Pairing }, "What `acceptRules` answers.", "The pairing as it is now.");
payload!(
    PairingPayload { pairing: Pairing },
    "What the mutations of members, themes and resources of a pairing answer.",
    "The pairing as it is now."
);

mutations!("PairingMutation" {
    /// Brings cities together; a pairing begins matched. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    create_pairing(input: CreatePairingInput) -> CreatePairingPayload = input.new.idempotency_key => input,
    /// Changes a pairing; what is left out stays as it is. It goes from matched to agreed to active and on, and becomes active only when every
    /// member has signed its agreement. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    update_pairing(input: UpdatePairingInput) -> UpdatePairingPayload = input.change.target.idempotency_key => input,
    /// Has a city or organisation join a pairing; agreements lack its signature until it signs. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    add_pairing_member(input: AddPairingMemberInput) -> PairingPayload = input.target.idempotency_key => input,
    /// Changes the role of a member, or the day it joined. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_pairing_member(input: UpdatePairingMemberInput) -> PairingPayload = input.target.idempotency_key => input,
    /// Has a member leave a pairing; it stays on the list with the day and the reason, and its people see no more what is shared there. Two cities
    /// remain at the least. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    remove_pairing_member(input: RemovePairingMemberInput) -> PairingPayload = input.target.idempotency_key => input,
    /// Tells which theme the members of a pairing chose, from when, and why; those before it stay readable in `priorities`. Of the theme it has already it
    /// corrects the day and the reason. For representatives of its cities, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    choose_pairing_priority(input: ChoosePairingPriorityInput) -> PairingPayload = input.target.idempotency_key => input,
    /// Tells what a member commits to a pairing, all anew; what the others commit stays. For representatives of the city that commits it, officers of its
    /// programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    commit_pairing_resources(input: CommitPairingResourcesInput) -> PairingPayload = input.target.idempotency_key => input,
    /// Accepts a newer version of the call's rules for a city of a pairing; it holds when all of its cities have accepted it. For the city's
    /// representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    accept_rules(input: AcceptRulesInput) -> AcceptRulesPayload = input.target.idempotency_key => input,
});
