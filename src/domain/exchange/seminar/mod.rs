//! A seminar: a scheduled exchange of any kind, for which people register.
//!
//! Rules kept here:
//! - times are points in time with the time zone of the place beside them; the end comes after the start;
//! - a city's representatives hold seminars of their city, a programme's officers those of its cities;
//! - there are never more registrations than places, however many people register at once;
//! - registering twice is the same as once; a name on the list is seen by its person, the host's representatives, the
//!   programme's officers and administrators, and by nobody else;
//! - a cancelled seminar stays, with its reason.
//!
//! Others may use [`Seminar`], [`of`], [`dated`] and the joins. The rows stay in this folder.
mod calendar;
mod event;
mod import;
mod node;
mod parent;
mod read;
mod registration;
mod row;
mod search;
mod text;
mod time;
mod write;

pub use calendar::{Dated, dated};
pub use node::Seminar;
pub use read::{Query, SeminarFilter, SeminarOrder, of};
pub use row::{CITIES, PRACTICES, THEMES};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Seminar, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::SeminarRecord>(std::marker::PhantomData)), dependents: search::dependents, parent: parent::of);
