//! A webhook: an address to which the hub sends what happens, for one person who asked for it.
//!
//! Rules kept here:
//! - it is its person's alone, and tells what its person may see when it is sent: rights are asked at delivery (`follow/webhooks`);
//! - what it sends is what its person's own query answers, under the limits every client has; the query is tried before it is kept;
//! - its secret is told once, when it is made. It is kept as it is, since whoever signs must know it, in a table of its own, so
//!   that neither the past nor an export has it; after a rotation both sign for a day;
//! - deliveries of one subject go out in the order of the log: a later one is *held* until the earlier one is delivered, dead or hidden;
//! - a delivery is named by webhook and place in the log, so that a receiver that is sent the same twice can tell, replays included;
//! - where its person hands on what they had to do, it is the successor's and tells what these may see; its secret is theirs to rotate, and told to nobody;
//! - what the hub ended (the receiver said 410, its person left, its saved search is gone) says why, and can be made active again.
//!
//! A paused or ended webhook takes nothing new down; what happened meanwhile is had by a replay.
//!
//! Others may use [`Webhook`], [`Hook`], and of [`delivery`] and [`queue`] what the follower needs. The rows stay in this folder.
mod check;
pub mod delivery;
mod import;
mod life;
mod node;
pub mod queue;
mod read;
mod relations;
mod row;
mod secret;
mod write;

pub use node::Webhook;
pub use read::{Hook, active};
pub use row::Reason;
pub use secret::of as secrets_of;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Webhook, record: import::WebhookRecord, events: life::EVENTS);
crate::record!(Webhook { title: name, events: life::events, columns: &[], check: check::check, paragraphs: ["query"] });
