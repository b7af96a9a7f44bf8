//! Knowledge: what cities did that others can learn from, the documents about it, and what is asked again and again.
pub mod document;
pub mod faq;
pub mod practice;
