//! An application: a city answers a call, says what it needs and offers, and is told what becomes of it.
//!
//! Rules kept here:
//! - one city, one call: it applies once, unless it took the first one back;
//! - a draft is the city's alone; handed in, it is read by the officers of the programme, too, and by no other city: neither it nor the reason of a decision;
//! - what decides whether it may be handed in is a list of checks ([`eligibility`]), each with a sentence, told before; officers waive some of them, with a
//!   reason that the call keeps;
//! - which others fit it is told to the officers, and to its city where the call says so ([`matches`]), from all applications as they are in memory ([`pool`]); who opted
//!   out is not among them;
//! - the city writes and takes back, the officers decide ([`life`]): select, put on the reserve list, decline with a reason.
//!
//! Others may use [`Application`], [`eligibility_of`], [`matches_of`], [`pool_of`], [`ApplicationFacts`], [`hold`], [`waiting`], [`settle`], [`reopen`] and [`undecided`]. The row stays in this folder.
mod decide;
mod eligibility;
mod facts;
mod fields;
mod import;
mod judge;
mod life;
mod line;
mod matches;
mod node;
mod pool;
mod read;
mod reason;
mod relations;
mod row;
mod search;
mod settle;
mod write;

pub use eligibility::{EligibilityCheck, EligibilityRule};
pub use facts::{Facts as ApplicationFacts, facts_of_all, hold};
pub use judge::eligibility_of;
pub use matches::{Match, matches_of};
pub use node::Application;
pub use pool::{Candidate, Pool, Pools, pool_of};
pub use read::{ApplicationFilter, ApplicationOrder};
pub use reason::{MatchReason, MatchReasonKind, Reason};
pub use row::{EXCLUDED, GOALS, PREFERRED, State as ApplicationState, THEMES};
pub use settle::{Ruling, Waiting, names, reopen, settle, standing_on, unselected, waiting};
pub use write::Mutation;

use crate::{
    base::{Id, Result},
    domain::{
        about::{self, Change},
        call::Call,
    },
    kernel::entry::own_owners,
    store::{Saving, Tx},
};
use row::Model as Row;

crate::entry!(Application, docs: search::docs, record: import::ApplicationRecord, owners: own_owners, events: life::EVENTS);
crate::record!(Application {
    title: name,
    events: life::events,
    check: fields::check,
    paragraphs: ["statement", "text", "reason", "withdrawn_reason"],
    ripple: ripple,
});

/// What is about an application follows it.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    about::follow(tx, &Change::of(saving)).await
}

/// How many applications to a call wait for a decision, whoever may see them.
pub async fn undecided(tx: &Tx<'_>, call: Id<Call>) -> Result<usize> {
    read::undecided(tx, call).await
}
