//! An interest: a city would be a partner in a practice for which another city seeks partners.
//!
//! It stands here and not with the practice because it is a step between two cities, as is the seminar that may come of it; the practice only tells that
//! partners are sought, until when, and how many places are left.
//!
//! Rules kept here:
//! - another city than the practice's own expresses it, once at a time, and while the practice seeks partners, is in time and has places;
//! - the practice's city accepts it, which takes a place, or declines it with a sentence; it may accept after the last day, too;
//! - the interested city takes it back while it waits for an answer or was accepted, which gives the place back;
//! - the representatives of the two cities see it ([`Audience::between`](crate::access::Audience::between)), and nobody else: neither officers nor the public.
//!   Everyone learns how many places are left, and so how many were accepted ([`taken`]), and nothing else;
//! - it is called by the name of the interested city, not by the practice's title: that may be hidden one day from who was interested.
//!
//! It follows its practice ([`follow`]): where that is withdrawn, or shared with fewer so that the interested city sees it no longer, what waits for an answer
//! is declined in the same transaction, with the reason. What was accepted stands, as cities that work together do not stop because a text is hidden; the
//! interested city may end it. Where a practice seeks partners no more, what waits goes on waiting: it can be declined, and accepted when places are offered anew.
//! The practice belonging to another city, that city answers from then on; its own interest is over.
//!
//! Others may use [`Interest`], [`follow`], [`taken`], [`taken_at`] and [`count_at`]. The row stays in this folder.
mod fields;
mod follow;
mod import;
mod life;
mod node;
mod places;
mod read;
mod relations;
mod row;
mod write;

pub use follow::follow;
pub use node::Interest;
pub use places::{count_at, taken, taken_at};
pub use read::{InterestFilter, InterestOrder};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Interest, record: import::InterestRecord, events: life::EVENTS);
crate::record!(Interest { title: name, events: life::events, derived: Row::derived, check: fields::check, paragraphs: ["note", "answer"] });
