//! A pairing: two or more cities that promised to learn from each other for a while.
//!
//! Rules kept here:
//! - a pairing joins at least two different cities, all of which take part in its programme; organisations may be members, too; each has a role, and whoever
//!   leaves stays on the list with the day and the reason ([`member`]);
//! - it goes from matched to agreed to active and on, step by step, and ends once; it becomes active only when every member has signed an agreement that
//!   has not ended, and by an officer's hand: agreements are often signed before the work begins. A record tells what is, and so may say any state;
//! - which theme its members chose, from when and why, has a history ([`priority`]), as has what they commit to it ([`resource`]);
//! - how long it binds and how long it is supported is counted in calendar months from its start by the rules of its
//!   call; where the start or the call is unknown these days are unknown, never invented;
//! - it lives by the version of these rules that was the newest when it was made, until all of its cities have accepted a newer one ([`rules`]);
//! - what it and its members owe follows from it ([`promise`]), with what was decided about that ([`decided`]);
//! - what its cities share with each other is seen by the representatives of those that are members now and the stakeholders they invited; what a city
//!   shared that leaves is its own alone again.
//!
//! Others may use [`Pairing`], [`members`], [`bring_together`], [`end_matched`], the joins, of agreements' concern [`Party`], [`Concern`], [`Held`] and [`count_signed`], and of that of
//! obligations [`Promise`], [`decide`] and [`look_again`]. The row stays in this folder.
mod check;
mod concern;
mod decided;
mod exchanges;
mod fields;
mod import;
mod life;
mod lived;
mod member;
mod node;
mod priority;
mod promise;
mod read;
mod relations;
mod resource;
mod row;
mod rules;
mod search;
mod term;
mod write;

pub use concern::{Concern, Held, concerns_of, count_signed, in_programmes, of_calls};
pub use decided::{Decisions, Postponement, Risk, Waiver, key_of, party_of};
pub use lived::Lived;
pub use member::{CITIES, ORGANISATIONS, Party, PartyFields, PartyRecord, named as named_parties};
pub use node::Pairing;
pub use promise::{Close, Promise, Promiser, decide, look_again, promises_of, to_look_at};
pub use read::{PairingFilter, PairingOrder};
pub use row::{is_paired, members, standing_of};
pub use write::{Mutation, bring_together, end_matched};

use crate::{
    base::Result,
    domain::{
        about::{self, Change},
        agreement, obligation, sharing,
    },
    kernel::entry::own_owners,
    store::{Record, Saving, Tx},
};
use row::Model as Row;

crate::entry!(Pairing, docs: search::docs, record: import::PairingRecord, owners: own_owners, events: life::EVENTS);
crate::record!(Pairing {
    title: name,
    events: life::events,
    tags: |row| vec![row.id.uuid()],
    check: check::check,
    paragraphs: ["summary", "left_reason", "why", "state_reason", "reason", "reinstated_reason", "note"],
    ripple: ripple,
    counters: [row::Column::SignedAgreements, row::Column::ObligationsDueAt],
});

/// What is about a pairing follows it, and so do its agreements and obligations; whoever left is told so, who is no longer among those that its events go to.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    let after = saving.after;
    let gone = saving.before.map(|before| life::lost(before, after)).unwrap_or_default();
    if !gone.is_empty() {
        let cities: Vec<_> = gone.iter().filter_map(|party| party.city()).collect();
        sharing::take_back(tx, after.id, &cities).await?;
        let parties = member::current(&after.members).map(|member| member.party).chain(gone);
        let tags = after.tags().into_iter().chain(parties.map(Party::id)).collect();
        tx.log(after, vec![&life::LEFT], tags);
    }
    about::follow(tx, &Change { owners: saving.sets(Row::own).then(|| after.own()), ..Change::of(saving) }).await?;
    if saving.sets(Concern::of) {
        agreement::follow(tx, after.id, &Concern::of(after)).await?;
    }
    if saving.sets(Promise::of) {
        obligation::derive(tx, &[after.id.uuid()]).await?;
    }
    Ok(())
}
