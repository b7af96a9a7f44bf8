//! The kinds of the graph, one folder each, and the one list of them.
//!
//! A kind may use another kind's public surface (node type, id), never its row. `read.rs` and `node.rs` never write.
pub mod agenda;
pub mod announcement;
pub mod call;
pub mod city;
pub mod country;
pub mod digest;
pub mod document;
mod entry;
pub mod event;
pub mod export;
pub mod following;
pub mod goal;
pub mod import;
pub mod label;
pub mod node;
pub mod pairing;
pub mod person;
pub mod practice;
pub mod programme;
pub mod saved_search;
pub mod seminar;
pub mod sharing;
pub mod sought;
pub mod synonym;
pub mod text;
pub mod theme;
pub mod webhook;

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::{
    access::{Audience, Owners},
    base::Result,
    relay::Scope,
    search::SearchDoc,
    store::{Reader, Tx},
};
use import::Importer;
pub use node::{Node, Shown};

/// Everything that must exist once per kind.
pub trait Entry: Sync {
    /// The kind: its table, the prefix of its ids and its name in imports.
    fn kind(&self) -> &'static str;
    /// Its type in the graph.
    fn sdl_name(&self) -> &'static str;
    /// One thing, as the scope's viewer sees it.
    fn node<'t>(&'t self, scope: &'t Scope, id: Uuid) -> BoxFuture<'t, Result<Option<Node>>>;
    /// What the index shall hold of these things; those left out shall not be in it.
    fn docs<'t>(&'t self, reader: &'t Reader, ids: &'t [Uuid]) -> BoxFuture<'t, Result<Vec<SearchDoc>>>;
    /// What else has to be indexed anew when these things changed: things whose documents tell of them.
    fn dependents<'t>(&'t self, _reader: &'t Reader, _ids: &'t [Uuid]) -> BoxFuture<'t, Result<Vec<(&'static str, Vec<Uuid>)>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    /// What a document about one of these things has to know of it, as the transaction's viewer sees it, and held as it is
    /// until the transaction ends; none where it is not visible, or documents are not about this kind.
    fn standing<'t>(&'t self, _tx: &'t Tx<'_>, _id: Uuid) -> BoxFuture<'t, Result<Option<Standing>>> {
        Box::pin(async { Ok(None) })
    }
    /// What these things belong to: what the log tags their events with.
    fn tags<'t>(&'t self, tx: &'t Tx<'_>, ids: &'t [Uuid]) -> BoxFuture<'t, Result<HashMap<Uuid, Vec<Uuid>>>>;
    /// Whether the transaction's viewer sees it.
    fn is_seen<'t>(&'t self, tx: &'t Tx<'_>, id: Uuid) -> BoxFuture<'t, Result<bool>>;
    /// How its records are imported and exported.
    fn importer(&self) -> Option<&'static dyn Importer>;
}

/// Who may see a thing that documents are about, and whose it is.
#[derive(Clone, Debug)]
pub struct Standing {
    /// A document about it is never wider.
    pub audience: Audience,
    /// Who may write documents about it.
    pub owners: Owners,
}

/// All kinds, each after those it refers to.
pub fn registry() -> &'static [&'static dyn Entry] {
    &[
        &theme::ENTRY,
        &agenda::ENTRY,
        &goal::ENTRY,
        &programme::ENTRY,
        &call::ENTRY,
        &city::ENTRY,
        &pairing::ENTRY,
        &person::ENTRY,
        &practice::ENTRY,
        &seminar::ENTRY,
        &announcement::ENTRY,
        &document::ENTRY,
        &saved_search::ENTRY,
        &synonym::ENTRY,
        &webhook::ENTRY,
    ]
}

/// The kind that is called so.
pub fn entry_of(kind: &str) -> Option<&'static dyn Entry> {
    registry().iter().copied().find(|entry| entry.kind() == kind)
}
