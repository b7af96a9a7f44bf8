//! Hansa: the knowledge-exchange hub for cities.
//!
//! In reading order: [`domain::knowledge::practice`] is the pattern of a kind; the four doors are `store::reader` (reads),
//! `store::writer` (writes), `access::rule` (who may see and do what) and [`follow`] (everything derived from the log);
//! [`app`] puts the parts together.
//!
//! The folders look left only: `base < access < files < store < relay < kernel < domain < follow < transport < api < app, cli`. Those up to `kernel` name no kind and
//! are a crate of their own (`core/`), as is `transport`, which knows no schema; they are handed on here under their own names.
//!
//! What reads no database and decides no right stands beside them in crates of its own, too: words (here `base::text`), [`search`] and [`extract`] (to be used from `relay`
//! on), and the graph's engine.
pub use hansa_core::{access, base, files, kernel, relay, store};
// What kinds are declared by.
pub use hansa_core::{
    alias, column_enum, columns, entry, events, filter, item, labelled, listed, living, mutations, new_row, node, node_object, object_any,
    orders, part, payload, plain_table, record, root, table, texts,
};

pub use hansa_search as search;

pub use hansa_extract as extract;

pub mod domain;

pub mod follow;

pub use hansa_transport as transport;

pub mod api;

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod doctor;
