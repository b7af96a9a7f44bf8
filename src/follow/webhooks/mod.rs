//! Sends what happens to webhooks' receivers.
//!
//! Of all hubs the one that holds the lease does it. It follows the log: what an entry means for all webhooks is noted as deliveries in the
//! same transaction that moves its place ([`queue`](crate::domain::webhook::queue)), so nothing is forgotten, whoever dies when. What is due is sent by
//! [`lane`]s, one a webhook that has something due: a receiver that is slow or down holds back nobody else, and costs a few deliveries'
//! memory, however many wait. Sending is at least once, under a name that stays the same; in the order of the log for each subject.
//!
//! A failed attempt is repeated over a day, at growing distances ([`retry`]); then it is a dead letter; so is at once one whose making panics,
//! until somebody retries it.
//!
//! Invariant: rights are asked when an entry is noted and again when it is sent, of the webhook's person as they are then.
mod follower;
mod lane;
mod meters;
mod post;
mod retry;
mod tell;
mod turn;

pub use follower::WebhookFollower;
pub use meters::Meters;
pub use post::Post;
