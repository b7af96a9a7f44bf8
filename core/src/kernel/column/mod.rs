//! The columns that people fill in, declared once: the inputs of mutations, the records of imports and exports, and the checks follow from one list.
//!
//! A small value that a column keeps, inputs take and the graph tells alike (an amount of money, a count of inhabitants) is one type: it has
//! no life of its own, and three that always say the same would drift.
//!
//! What is computed, named by [relations](super::relation) or written in [languages](super::text) stands elsewhere. In reading order: [`Column`] what a
//! column has to answer, [`content`] what can stand in one, [`declared`] how one is declared, [`rules`] what it may hold, [`input`] and [`record`].
pub mod content;
pub mod declared;
mod input;
mod record;
mod rules;

use std::any::Any;

use async_graphql::{
    Value,
    registry::{MetaInputValue, Registry},
};
use serde_json::Value as JsonValue;
use uuid::Uuid;

use super::text::Use;
use crate::{
    base::Result,
    relay::NodeType,
    store::{Refusals, Saving},
};

pub use content::{Content, Item, Readable};
pub use declared::ColumnDef;
pub use input::{Change, ColumnsInput, Edit, New, UpdateInput};
pub use record::ColumnsRecord;
pub use rules::money;

/// What a column holds, between reading it from a record and putting it into a row.
pub type ColumnValue = Box<dyn Any + Send + Sync>;

/// A column of rows `R`, whatever it holds.
pub trait Column<R>: Sync {
    /// Its name, as records have it: `organisation_kind`.
    fn name(&self) -> &'static str;
    /// Whether such inputs take it.
    fn is_taken(&self, of: Use) -> bool;
    /// Whether records have it.
    fn is_recorded(&self) -> bool;
    /// Whether no record can be without it.
    fn is_needed(&self) -> bool;
    /// What it is in an input.
    fn input(&self, of: Use, registry: &mut Registry) -> MetaInputValue;
    /// What an input says of it, in one spelling; none where it says nothing.
    fn says(&self, of: Use, given: Option<&Value>) -> Readable<Option<Value>>;
    /// Puts what an input says into a row; `path` names it in a refusal.
    fn put(&self, given: Value, row: &mut R, path: &str) -> Result<()>;
    /// Has it name the thing with this id, where it is what names one.
    fn name_thing(&self, id: Uuid, row: &mut R);
    /// What a record says of it.
    fn read(&self, told: JsonValue) -> std::result::Result<ColumnValue, String>;
    /// What a row holds of it.
    fn hold(&self, row: &R) -> ColumnValue;
    /// Puts what was read into a row.
    fn restore(&self, held: &ColumnValue, row: &mut R);
    /// What is held, as records have it.
    fn told(&self, held: &ColumnValue) -> serde_json::Result<JsonValue>;
    /// Refuses what may not be saved.
    fn check(&self, saving: &Saving<'_, R>, refusals: &mut Refusals) -> Result<()>;
}

/// The columns of a kind that people fill in.
pub type Columns<R> = &'static [&'static dyn Column<R>];

/// A kind whose columns are declared; by [`columns!`](crate::columns).
pub trait Filled: NodeType {
    /// All of them.
    const COLUMNS: Columns<Self::Row>;
    /// What an input says of the slug of a new thing.
    const SLUG: &'static str = "Made of the name where not given.";
}

/// Refuses what may not be saved of these columns; what stays as it was is not judged again.
pub fn check<R>(columns: Columns<R>, saving: &Saving<'_, R>, refusals: &mut Refusals) -> Result<()> {
    columns.iter().try_for_each(|column| column.check(saving, refusals))
}
