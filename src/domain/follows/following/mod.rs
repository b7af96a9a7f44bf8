//! Follows: what a person wants to hear of. Not a kind: a follow is a mark of one person on one thing.
//!
//! What is told of it is not written anywhere: a notification is an entry of the event log that is about something followed (or a match of
//! a saved search, or told to this person alone: a place at a seminar was found, another city took up a practice), that the person may see and did not make. What is kept is only how far each person has read. So a notification can't
//! be lost, doubled, or tell more than its reader may know today.
mod event;
mod read;
mod row;
mod write;

pub use event::EVENTS;
pub use read::{Followed, of_all, of_person, read_upto, wanted};
pub use write::{Mutation, named, settle};
