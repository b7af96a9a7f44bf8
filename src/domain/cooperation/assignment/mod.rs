//! An assignment: which applications of two sides of a call are brought together, reckoned for all at once.
//!
//! Rules kept here:
//! - it is proposed from all applications that wait for a decision and did not opt out; the whole with the highest value is found exactly ([`reckon`]), not pair by pair;
//! - a draft: its officers say which pairs must or must not be, or settle all pairs by hand, and see what that costs against the best;
//! - `decideCall` makes what it says come true in one transaction ([`write`]): pairings, and what each city is told. Where anything changed since it was reckoned it is refused, and
//!   says what;
//! - undone, its pairings end, its applications wait again, and the call is closed again; what was decided stays in its history, with the reason;
//! - it is made of what cities handed in to the officers, so they alone see it, for good: what others see are the pairings. For the same reason it is not searched: a search finds
//!   calls, cities and pairings, and each of them leads officers here.
//!
//! Others may use [`Assignment`], [`AssignmentDecision`] and [`decide`]. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod outcome;
mod pair;
mod read;
mod reckon;
mod relations;
mod row;
mod write;

pub use node::Assignment;
pub use read::{AssignmentFilter, AssignmentOrder};
pub use write::{AssignmentDecision, Mutation, decide};

use row::Model as Row;

crate::entry!(Assignment, record: import::AssignmentRecord, events: life::EVENTS);
crate::record!(Assignment { title: name, events: life::events, check: check::check, paragraphs: ["note", "undone_reason"] });
