//! Knowledge: what cities did that others can learn from, as a whole and in parts, what others made of it, the documents about it, and what is asked again and again.
pub mod adoption;
pub mod building_block;
pub mod document;
pub mod faq;
pub mod practice;
