//! The graph as clients see it: the merged roots, search, the live feed, and who is let in.
//!
//! Invariant: no rule about cities and no SQL stands here.
pub mod download;
pub mod events;
pub mod explain;
pub mod facets;
pub mod feeds;
pub mod gate;
pub mod interpretation;
mod kind_names;
pub mod matches;
pub mod notifications;
pub mod operations;
pub mod readiness;
pub mod schema;
pub mod search;
pub mod search_warning;
pub mod subscriptions;
pub mod unsubscribe;
pub mod welcome;

pub use download::Downloads;
pub use feeds::FeedPages;
pub use gate::HubGate;
pub use operations::Operations;
pub use readiness::Readiness;
pub use schema::{Driven, build, contract, sdl};
pub use unsubscribe::Unsubscribe;
pub use welcome::Welcome;
