//! What must exist once per kind, and the list of all kinds.
use std::collections::HashMap;

use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::{duty::Duty, import::Importer, life::Living};
use crate::{
    access::{Audience, Owners},
    base::Result,
    relay::{AnyNode, NodeType, Scope, context},
    search::SearchDoc,
    store::{EventType, Reader, Tx},
};

/// What is answered later.
pub type Later<'t, T> = BoxFuture<'t, Result<T>>;

/// Everything that must exist once per kind.
pub trait Entry: Sync {
    /// The kind: its table, the prefix of its ids and its name in imports.
    fn kind(&self) -> &'static str;
    /// Its type in the graph.
    fn sdl_name(&self) -> &'static str;
    /// Puts its type into the graph's.
    fn register(&self, registry: &mut async_graphql::registry::Registry);
    /// One thing, as the scope's viewer sees it.
    fn node<'t>(&'t self, scope: &'t Scope, id: Uuid) -> Later<'t, Option<Box<dyn AnyNode>>>;
    /// What the index shall hold of these things; those left out shall not be in it, nor are things of kinds that are not searched.
    fn docs<'t>(&'t self, _reader: &'t Reader, _ids: &'t [Uuid]) -> Later<'t, Vec<SearchDoc>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    /// Which things of this kind have to be indexed anew when these of `kind` changed, as their documents tell of them.
    fn telling_of<'t>(&'t self, reader: &'t Reader, kind: &'t str, ids: &'t [Uuid]) -> Later<'t, Vec<Uuid>>;
    /// Its sorts of events.
    fn events(&self) -> &'static [&'static EventType];
    /// What a document about one of these things has to know of it, as the transaction's viewer sees it, and held as it is
    /// until the transaction ends; none where it is not visible, or documents are not about this kind.
    fn parent_facts<'t>(&'t self, _tx: &'t Tx<'_>, _id: Uuid) -> Later<'t, Option<ParentFacts>> {
        Box::pin(async { Ok(None) })
    }
    /// Whose these things are, for what is about them; none where nothing is about this kind.
    fn owners_of<'t>(&'t self, _tx: &'t Tx<'_>, _ids: &'t [Uuid]) -> Later<'t, HashMap<Uuid, Owners>> {
        Box::pin(async { Ok(HashMap::new()) })
    }
    /// What these things belong to: what the log tags their events with.
    fn tags<'t>(&'t self, tx: &'t Tx<'_>, ids: &'t [Uuid]) -> Later<'t, HashMap<Uuid, Vec<Uuid>>>;
    /// Whether the transaction's viewer sees it.
    fn is_seen<'t>(&'t self, tx: &'t Tx<'_>, id: Uuid) -> Later<'t, bool>;
    /// What these people have to do for things of this kind, as the reader's viewer sees them.
    fn duties<'t>(&'t self, reader: &'t Reader, people: &'t [Uuid]) -> Later<'t, Vec<Duty>>;
    /// Hands on what a person has to do for things of this kind.
    fn hand_on<'t>(&'t self, tx: &'t mut Tx<'_>, from: Uuid, to: Uuid) -> Later<'t, ()>;
    /// How its records are imported and exported; none where they are not.
    fn importer(&self) -> Option<&'static dyn Importer> {
        None
    }
}

/// Who may see a thing that others are about, and whose it is.
#[derive(Clone, Debug)]
pub struct ParentFacts {
    /// What is about it is never wider.
    pub audience: Audience,
    /// Who may write what is about it.
    pub owners: Owners,
}

/// What a thing that is about another one keeps of it.
#[derive(Clone, Debug, Default)]
pub struct Belonging {
    /// What that thing belongs to: its city, its themes.
    pub belongs: Vec<Uuid>,
    /// Whose it is.
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

/// One thing of a kind, as the scope's viewer sees it.
pub async fn node<T: NodeType + 'static>(scope: &Scope, id: Uuid) -> Result<Option<Box<dyn AnyNode>>> {
    let found = context::load::<T>(&scope.loaders, id).await?;
    Ok(found.map(|node| Box::new(node) as Box<dyn AnyNode>))
}

/// Whose the rows of a kind are that tell it themselves.
pub async fn own_owners<R: Living>(_: &Tx<'_>, rows: &[R]) -> Result<HashMap<Uuid, Owners>> {
    Ok(rows.iter().map(|row| (row.id().uuid(), row.owners())).collect())
}

/// Declares a kind's node type over its row: the sections that many kinds have alike ([`Texts`](super::Texts), [`ViewerCan`](super::ViewerCan)),
/// what its usual fields say otherwise, and the fields that its columns answer: what each says, its name in the graph, its type, its value.
#[macro_export]
macro_rules! node {
    ($(#[$doc:meta])* $node:ident = $name:literal $(, $section:ident)* $(; says $said:expr)? $(; {
        $($(#[doc = $told:expr])* $field:literal: $of:ty = |$row:ident| $value:expr),* $(,)?
    })?) => {
        $(#[$doc])*
        pub struct $node(pub(super) row::Model);

        impl $crate::base::Kind for $node {
            const NAME: &'static str = $name;
        }

        impl $crate::relay::NodeType for $node {
            type Row = row::Model;
            fn of(row: Self::Row) -> Self {
                Self(row)
            }
            fn row(&self) -> &Self::Row {
                &self.0
            }
        }

        impl $crate::kernel::Common for $node {
            $(const SAID: &'static [(&'static str, &'static str)] = $said;)?

            fn section_fields(registry: &mut async_graphql::registry::Registry) -> Vec<async_graphql::registry::MetaField> {
                let sections: &[fn(&mut async_graphql::registry::Registry) -> Vec<async_graphql::registry::MetaField>] =
                    &[$($crate::relay::field::fields_of::<$crate::kernel::$section<'static, Self>>),*];
                let columns: &[(&str, &str, fn(&str, &str, &mut async_graphql::registry::Registry) -> async_graphql::registry::MetaField)] =
                    &[$($(($field, concat!($($told, "\n"),*), $crate::relay::field::meta::<$of>)),*)?];
                let columns: Vec<_> = columns.iter().map(|(name, told, meta)| meta(name, $crate::relay::field::said(told).as_str(), registry)).collect();
                sections.iter().flat_map(|fields| fields(registry)).chain(columns).collect()
            }

            async fn resolve_section(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> async_graphql::ServerResult<Option<async_graphql::Value>> {
                let asked = ctx.item.node.name.node.as_str();
                match asked {
                    $($($field => {
                        let $row = &self.0;
                        return $crate::relay::field::answer::<$of>(ctx, Ok($value)).await;
                    })*)?
                    _ => {}
                }
                $(
                    let section = $crate::kernel::$section(self);
                    if let Some(answer) = async_graphql::resolver_utils::ContainerType::resolve_field(&section, ctx).await? {
                        return Ok(Some(answer));
                    }
                )*
                Ok(None)
            }
        }
    };
}

/// Declares a kind's `ENTRY`: what the index holds of it, its record, its events, what others must know of it that are about it, and what people have to do for its
/// things beside what its relations say: listed by the one, handed on by the other.
#[macro_export]
macro_rules! entry {
    ($node:ident $(, docs: $docs:expr)? $(, record: $record:ty)? $(, owners: $owners:expr)? $(, duties: $duties:expr, handed_on: $hand_on:expr)?, events: $events:expr) => {
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
            fn events(&self) -> &'static [&'static $crate::store::EventType] {
                $events
            }
            fn node<'t>(&'t self, scope: &'t $crate::relay::Scope, id: uuid::Uuid) -> $crate::kernel::entry::Later<'t, Option<Box<dyn $crate::relay::AnyNode>>> {
                Box::pin($crate::kernel::entry::node::<$node>(scope, id))
            }
            $(fn docs<'t>(&'t self, reader: &'t $crate::store::Reader, ids: &'t [uuid::Uuid]) -> $crate::kernel::entry::Later<'t, Vec<$crate::search::SearchDoc>> {
                Box::pin($docs(reader, ids))
            })?
            fn telling_of<'t>(&'t self, reader: &'t $crate::store::Reader, kind: &'t str, ids: &'t [uuid::Uuid]) -> $crate::kernel::entry::Later<'t, Vec<uuid::Uuid>> {
                Box::pin($crate::kernel::relation::telling_of::<$node>(reader, kind, ids))
            }
            $(
                fn parent_facts<'t>(&'t self, tx: &'t $crate::store::Tx<'_>, id: uuid::Uuid) -> $crate::kernel::entry::Later<'t, Option<$crate::kernel::ParentFacts>> {
                    Box::pin(async move {
                        let Some(row) = tx.held::<<$node as $crate::relay::NodeType>::Row>(id).await? else { return Ok(None) };
                        let audience = $crate::store::Record::audience(&row).clone();
                        let owners = $owners(tx, &[row]).await?.remove(&id).unwrap_or_default();
                        Ok(Some($crate::kernel::ParentFacts { audience, owners }))
                    })
                }
                fn owners_of<'t>(&'t self, tx: &'t $crate::store::Tx<'_>, ids: &'t [uuid::Uuid]) -> $crate::kernel::entry::Later<'t, std::collections::HashMap<uuid::Uuid, $crate::access::Owners>> {
                    Box::pin(async move { $owners(tx, &tx.by_ids::<<$node as $crate::relay::NodeType>::Row>(ids).await?).await })
                }
            )?
            fn tags<'t>(&'t self, tx: &'t $crate::store::Tx<'_>, ids: &'t [uuid::Uuid]) -> $crate::kernel::entry::Later<'t, std::collections::HashMap<uuid::Uuid, Vec<uuid::Uuid>>> {
                Box::pin(tx.tags_of_all::<<$node as $crate::relay::NodeType>::Row>(ids))
            }
            fn is_seen<'t>(&'t self, tx: &'t $crate::store::Tx<'_>, id: uuid::Uuid) -> $crate::kernel::entry::Later<'t, bool> {
                Box::pin(async move { Ok(tx.held::<<$node as $crate::relay::NodeType>::Row>(id).await?.is_some()) })
            }
            fn duties<'t>(&'t self, reader: &'t $crate::store::Reader, people: &'t [uuid::Uuid]) -> $crate::kernel::entry::Later<'t, Vec<$crate::kernel::duty::Duty>> {
                Box::pin(async move {
                    let found = $crate::kernel::duty::of::<$node>(reader, people).await?;
                    $(let found = [found, $duties(reader, people).await?].concat();)?
                    Ok(found)
                })
            }
            fn hand_on<'t>(&'t self, tx: &'t mut $crate::store::Tx<'_>, from: uuid::Uuid, to: uuid::Uuid) -> $crate::kernel::entry::Later<'t, ()> {
                Box::pin(async move {
                    $crate::kernel::duty::hand_on::<$node>(tx, from, to).await?;
                    $($hand_on(tx, from, to).await?;)?
                    Ok(())
                })
            }
            $(fn importer(&self) -> Option<&'static dyn $crate::kernel::import::Importer> {
                Some(&$crate::kernel::import::Of::<$record>(std::marker::PhantomData))
            })?
        }
    };
}
