//! What must exist once per kind, and the list of all kinds.
use std::collections::HashMap;

use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::import::Importer;
use crate::{
    access::{Audience, Owners},
    base::Result,
    relay::{AnyNode, Scope},
    search::SearchDoc,
    store::{Reader, Tx},
};

/// Everything that must exist once per kind.
pub trait Entry: Sync {
    /// The kind: its table, the prefix of its ids and its name in imports.
    fn kind(&self) -> &'static str;
    /// Its type in the graph.
    fn sdl_name(&self) -> &'static str;
    /// Puts its type into the graph's.
    fn register(&self, registry: &mut async_graphql::registry::Registry);
    /// One thing, as the scope's viewer sees it.
    fn node<'t>(&'t self, scope: &'t Scope, id: Uuid) -> BoxFuture<'t, Result<Option<Box<dyn AnyNode>>>>;
    /// What the index shall hold of these things; those left out shall not be in it.
    fn docs<'t>(&'t self, reader: &'t Reader, ids: &'t [Uuid]) -> BoxFuture<'t, Result<Vec<SearchDoc>>>;
    /// What else has to be indexed anew when these things changed: things whose documents tell of them.
    fn dependents<'t>(&'t self, _reader: &'t Reader, _ids: &'t [Uuid]) -> BoxFuture<'t, Result<Vec<(&'static str, Vec<Uuid>)>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    /// What a document about one of these things has to know of it, as the transaction's viewer sees it, and held as it is
    /// until the transaction ends; none where it is not visible, or documents are not about this kind.
    fn parent_facts<'t>(&'t self, _tx: &'t Tx<'_>, _id: Uuid) -> BoxFuture<'t, Result<Option<ParentFacts>>> {
        Box::pin(async { Ok(None) })
    }
    /// What these things belong to: what the log tags their events with.
    fn tags<'t>(&'t self, tx: &'t Tx<'_>, ids: &'t [Uuid]) -> BoxFuture<'t, Result<HashMap<Uuid, Vec<Uuid>>>>;
    /// Whether the transaction's viewer sees it.
    fn is_seen<'t>(&'t self, tx: &'t Tx<'_>, id: Uuid) -> BoxFuture<'t, Result<bool>>;
    /// How its records are imported and exported.
    fn importer(&self) -> Option<&'static dyn Importer>;
}

/// Who may see a thing that others are about, and whose it is.
#[derive(Clone, Debug)]
pub struct ParentFacts {
    /// What is about it is never wider.
    pub audience: Audience,
    /// Who may write what is about it.
    pub owners: Owners,
}

/// All kinds, each after those it refers to.
#[derive(Clone, Copy)]
pub struct Kinds(pub &'static [&'static dyn Entry]);

impl Kinds {
    /// The kind that is called so.
    pub fn of(self, kind: &str) -> Option<&'static dyn Entry> {
        self.iter().find(|entry| entry.kind() == kind)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = &'static dyn Entry> {
        self.0.iter().copied()
    }
}

/// Declares a kind's `ENTRY`: its node, what the index holds of it, and its import record.
#[macro_export]
macro_rules! entry {
    ($node:ident, docs: $docs:expr, import: $importer:expr $(, dependents: $dependents:expr)? $(, parent: $parent:expr)?) => {
        /// The kind's entry in the registry.
        pub const ENTRY: Kinded = Kinded;
        /// The kind, as the registry knows it.
        pub struct Kinded;
        impl $crate::kernel::Entry for Kinded {
            fn kind(&self) -> &'static str {
                <$node as $crate::base::Kind>::NAME
            }
            fn sdl_name(&self) -> &'static str {
                stringify!($node)
            }
            fn register(&self, registry: &mut async_graphql::registry::Registry) {
                <$node as async_graphql::OutputType>::create_type_info(registry);
            }
            fn node<'t>(&'t self, scope: &'t $crate::relay::Scope, id: uuid::Uuid) -> futures_util::future::BoxFuture<'t, $crate::base::Result<Option<Box<dyn $crate::relay::AnyNode>>>> {
                Box::pin(async move { Ok($crate::relay::context::load::<$node>(&scope.loaders, id).await?.map(|node| Box::new(node) as Box<dyn $crate::relay::AnyNode>)) })
            }
            fn docs<'t>(
                &'t self,
                reader: &'t $crate::store::Reader,
                ids: &'t [uuid::Uuid],
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<Vec<$crate::search::SearchDoc>>> {
                Box::pin($docs(reader, ids))
            }
            $(fn dependents<'t>(
                &'t self,
                reader: &'t $crate::store::Reader,
                ids: &'t [uuid::Uuid],
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<Vec<(&'static str, Vec<uuid::Uuid>)>>> {
                Box::pin($dependents(reader, ids))
            })?
            $(fn parent_facts<'t>(
                &'t self,
                tx: &'t $crate::store::Tx<'_>,
                id: uuid::Uuid,
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<Option<$crate::kernel::ParentFacts>>> {
                Box::pin($parent(tx, id))
            })?
            fn tags<'t>(
                &'t self,
                tx: &'t $crate::store::Tx<'_>,
                ids: &'t [uuid::Uuid],
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<std::collections::HashMap<uuid::Uuid, Vec<uuid::Uuid>>>> {
                Box::pin(tx.tags_of_all::<<$node as $crate::relay::NodeType>::Row>(ids))
            }
            fn is_seen<'t>(&'t self, tx: &'t $crate::store::Tx<'_>, id: uuid::Uuid) -> futures_util::future::BoxFuture<'t, $crate::base::Result<bool>> {
                Box::pin(async move { Ok(tx.held::<<$node as $crate::relay::NodeType>::Row>(id).await?.is_some()) })
            }
            fn importer(&self) -> Option<&'static dyn $crate::kernel::import::Importer> {
                $importer
            }
        }
    };
}
