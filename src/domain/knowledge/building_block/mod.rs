//! A building block: a part of a practice that can be taken by itself, told so that another city can use it without the rest.
//!
//! It is part of one practice and stands in a place among that one's blocks; other practices may point to it
//! ([`practice::BLOCKS_USED`](crate::domain::practice::BLOCKS_USED)), which is theirs to say and changes nothing of the block.
//!
//! Rules kept here:
//! - whoever writes its practice writes it, and whoever sees its practice sees it: it is drafted, shared, published and hidden with it ([`follow`]);
//! - withdrawn it stays as a tombstone with its title and its reason; what it said is its city's alone from then on. Where its practice is withdrawn it is
//!   withdrawn with it, in the same transaction and for the same reason: else it would go on telling what the practice tells no longer;
//! - its original has a version, each translation says which one it translates.
//!
//! Others may use [`BuildingBlock`], [`follow`] and [`facts_of_all`]. The row stays in this folder.
mod check;
mod facts;
mod fields;
mod follow;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use facts::{Facts, facts_of_all};
pub use follow::follow;
pub use node::BuildingBlock;
pub use read::{BuildingBlockFilter, BuildingBlockOrder};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(BuildingBlock, docs: search::docs, record: import::BuildingBlockRecord, events: life::EVENTS);
crate::record!(BuildingBlock { title: title, events: life::events, check: check::check, paragraphs: ["withdrawn_reason"] });
