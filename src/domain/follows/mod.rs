//! What people follow: their follows, saved searches, digests and webhooks.
pub mod digest;
pub mod following;
pub mod saved_search;
pub mod webhook;
