//! Knowledge: what cities did that others can learn from, what others made of it, the documents about it, and what is asked again and again.
pub mod adoption;
pub mod document;
pub mod faq;
pub mod practice;
