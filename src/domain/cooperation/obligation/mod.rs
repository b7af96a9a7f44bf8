//! An obligation: what a pairing or a member of it owes, by when, and how it stands. Nobody types it in: it is a pure function of the rules, the facts and the
//! day (the crate `obligations`), and the rows here are what that answered last.
//!
//! Rules kept here:
//! - whenever a fact of a pairing changes its obligations are derived anew in the same transaction ([`derive()`]); where a day brings a change the pairing says so
//!   (`obligations_due_at`), and the scheduler does the same ([`advance`]). Cities have no time zone, so days are those of UTC;
//! - what happened to one is told once for ever, whatever the clock does: the row keeps what was told. What happened before this hub knew of the
//!   pairing is kept without a word, for it is no news;
//! - what is owed no more before it was overdue, as the pairing ended or the member left, or as what it followed from was changed, is *lapsed*: listed only for those who ask for it, and never gone;
//! - it is seen by the officers of the programme, the representatives of the pairing's cities and the stakeholders they invited, and by nobody else. Its sentence
//!   names organisations that everyone may see alone;
//! - officers waive and postpone, members say what is at risk. What they decided is kept by the pairing and goes with its record: obligations themselves are neither
//!   imported nor exported, as they follow, and not searched, as they have no words of their own.
//!
//! Others may use [`Obligation`], [`derive()`], [`due`], [`advance`] and the counts. The row stays in this folder.
mod calendar;
mod counts;
mod derive;
mod due;
mod facts;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod write;

pub use calendar::{CalendarMutation, DatedObligation, address, dated, person_of_secret};
pub use counts::{ObligationCounts, Query, counted, counted_of_city, counted_of_programme};
pub use derive::derive;
pub use due::{advance, due, put_off};
pub use node::Obligation;
pub use read::{ObligationFilter, ObligationOrder};
pub use row::CITIES;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Obligation, events: life::EVENTS);
crate::record!(Obligation {
    title: title,
    events: life::events,
    columns: &[],
    paragraphs: ["sentence", "reason", "reinstated_reason", "note"]
});
