//! Knowledge: what cities did that others can learn from, and the documents about it.
pub mod document;
pub mod practice;
