//! A frequently asked question of a programme, with its answer.
//!
//! Rules kept here: the programme's officers write it; it is public, or of the programme's people; its original has a version, each translation says which one it
//! translates; an edition (“2018”) keeps the questions of one year apart from those of the next.
//! Others may use [`Faq`]. The row stays in this folder.
mod check;
mod fields;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::Faq;
pub use read::{FaqFilter, FaqOrder};
pub use write::Mutation;

use crate::kernel::import::PlainRecord;
use row::Model as Row;

crate::entry!(Faq, docs: search::docs, record: PlainRecord<Faq>, events: life::EVENTS);
crate::record!(Faq { title: question, events: life::events, derived: Row::derived, check: check::check });
