//! Hansa: the knowledge-exchange hub for cities.
//!
//! In reading order: [`domain::knowledge::practice`] is the pattern of a kind; the four doors are `store::reader` (reads),
//! `store::writer` (writes), `access::rule` (who may see and do what) and [`follow`] (everything derived from the log);
//! [`app`] puts the parts together.
//!
//! The folders look left only: `base < access < files < store < relay < kernel < domain < follow < transport < api < app, cli`.
//!
//! What reads no database and decides no right stands beside them in crates of its own: words (here `base::text`), [`search`] and [`extract`] (to be used from `relay` on),
//! and the graph's engine.
pub mod base;

pub mod access;

pub mod files;

pub mod store;

pub use hansa_search as search;

pub use hansa_extract as extract;

pub mod relay;

pub mod kernel;

pub mod domain;

pub mod follow;

pub mod transport;

pub mod api;

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod doctor;
