//! A pairing: two or more cities that promised to learn from each other for a while.
//!
//! Rules kept here:
//! - a pairing joins at least two different cities, all of which take part in its programme; it ends once;
//! - how long it binds and how long it is supported is counted in calendar months from its start by the rules of its
//!   call; where the start or the call is unknown these days are unknown, never invented;
//! - what its cities share with each other is seen by their representatives and the stakeholders they invited.
//!
//! Others may use [`Pairing`], [`of`], [`members`] and the join. The row stays in this folder.
mod event;
mod import;
mod node;
mod parent;
mod read;
mod row;
mod search;
mod term;
mod write;

pub use node::Pairing;
pub use read::{PairingFilter, PairingOrder, Query, of};
pub use row::{CITIES, members};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Pairing, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::PairingRecord>(std::marker::PhantomData)), dependents: search::dependents, parent: parent::of);
