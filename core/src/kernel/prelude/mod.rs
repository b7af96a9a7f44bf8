//! What the files of a kind are written with: one module for each file a kind has, to be used as a whole. What only some kinds need they name themselves.
pub mod check;
pub mod fields;
pub mod import;
pub mod life;
pub mod node;
pub mod read;
pub mod relations;
pub mod row;
pub mod search;
pub mod write;
