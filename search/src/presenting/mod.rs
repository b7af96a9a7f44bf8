//! Presenting: hits as they are told, with snippets of their texts and explanations of their scores.

mod explain;
mod hits;
mod snippets;

pub use hits::Presenter;
