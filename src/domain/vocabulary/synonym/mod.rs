//! A synonym: words and phrases that find each other in search, or that find others, as administrators say.
//!
//! Rules kept here: one to twenty terms of one to six words each, no two of them the same to a search; without expansions a synonym has two
//! terms at least and each finds the others; with expansions it is one way: each term finds these, and not the other way round.
//! Everyone may read synonyms, for they change what everyone finds; administrators write them.
//!
//! They take effect without anything being indexed anew: whoever follows the log with the index (`follow/search.rs`) hears of a change as of any other
//! and hands all synonyms to the index, on every hub.
//!
//! Others may use [`Synonym`] and [`every`]. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod write;

pub use node::Synonym;
pub use read::every;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Synonym, record: import::SynonymRecord, events: life::EVENTS);
crate::record!(Synonym { title: slug, events: life::events, check: check::check });
