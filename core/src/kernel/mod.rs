//! What every kind of the graph is made of: its entry in the registry, its usual fields, its texts, relations, lists and life cycle,
//! its records in and out, countries and labels. A kind declares these as data; each has one generic reader here.
//!
//! In reading order: [`entry`] what must exist once per kind, [`record`] how its rows are saved, [`column`] what people fill in, [`relation`] what they are related to,
//! [`list`] how they are listed, [`text`] what people write, [`life`] what may be done to them, [`common`] the usual fields,
//! [`import`] and [`export`].
//!
//! Invariant: nothing here names a kind. What has to know them all is handed [`Kinds`].
pub mod alias;
pub mod column;
pub mod common;
pub mod country;
pub mod duty;
pub mod entry;
pub mod export;
pub mod filter;
pub mod import;
pub mod label;
pub mod life;
pub mod list;
pub mod prelude;
pub mod record;
pub mod relation;
pub mod text;

pub use column::{Change, ColumnsRecord, Edit, Filled, New, UpdateInput};
pub use common::{Common, NodeFields};
pub use entry::{Belonging, Entry, Kinds, ParentFacts};
pub use filter::Narrowed;
pub use label::LabelledName;
pub use life::{Living, Move, ViewerCan};
pub use list::{Listed, RootFields, Rooted};
pub use relation::{Relates, Relation};
pub use text::Texts;
