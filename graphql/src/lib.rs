//! async-graphql, executed as the specification wants it.
//!
//! async-graphql 7.2 leaves a failed field out of its object where the specification nulls the nearest nullable parent (October 2021, §6.4.4),
//! answers fields in the order they become ready, cuts paths of errors at the last list, executes a field once for each selection of it, and spends more on
//! scheduling a field than most fields cost. Its macros write `::async_graphql::resolver_utils::resolve_container`; whoever
//! names this crate `async-graphql` gets the one in [`execution`] in its place, and everything else as it is. So all objects are resolved here.
//! The roots are resolved by the engine, which can't be replaced: they are a [`Root`], and the schema is asked through [`Executed`].
//!
//! An argument that nothing is said of is described as its type is.
//!
//! Results are held against graphql-js by `tests/hub/execution`.
//!
//! Invariant: interfaces and unions are answered as the objects they are (`relay::object_any!`); a list in a list is a [`List`].
mod described;
mod execution;
mod list;
mod root;

pub use async_graphql::*;
pub use list::List;
pub use root::{Executed, Root};

/// async-graphql's own, with the execution of objects by this crate.
pub mod resolver_utils {
    pub use async_graphql::resolver_utils::*;

    pub use crate::execution::{resolve_container, resolve_container_serial};
}
