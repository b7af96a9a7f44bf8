//! Who may see what and who may do what.
//!
//! A row carries exactly one [`Audience`], a [`Viewer`] holds a set of them; a row is visible when its
//! audience is in the set (of an audience of two parties, one of them). The same set becomes SQL (`rule::sql`), index terms (`rule::index`) and a test in
//! memory (`rule::admits`), so the three cannot disagree. People are seen by those with whom they share one of theirs
//! ([`members`]).
//!
//! Invariant: pure functions only; nothing here is async or holds a connection, so a rule can be asked anywhere,
//! any number of times.
pub mod audience;
pub mod members;
pub mod rule;
pub mod viewer;

pub use audience::{Audience, Scope};
pub use rule::{Act, Owners, Table, Visible};
pub use viewer::Viewer;
