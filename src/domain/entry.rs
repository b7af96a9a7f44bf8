//! Fills an [`super::Entry`] for a kind.

/// Declares a kind's `ENTRY`: its node, what the index holds of it, and its import record.
#[macro_export]
macro_rules! entry {
    ($node:ident, docs: $docs:expr, import: $importer:expr $(, dependents: $dependents:expr)? $(, standing: $standing:expr)?) => {
        /// The kind's entry in the registry.
        pub const ENTRY: Kinded = Kinded;
        /// The kind, as the registry knows it.
        pub struct Kinded;
        impl $crate::domain::Entry for Kinded {
            fn kind(&self) -> &'static str {
                <$node as $crate::base::Kind>::NAME
            }
            fn sdl_name(&self) -> &'static str {
                stringify!($node)
            }
            fn node<'t>(&'t self, scope: &'t $crate::relay::Scope, id: uuid::Uuid) -> futures_util::future::BoxFuture<'t, $crate::base::Result<Option<$crate::domain::Node>>> {
                Box::pin(async move { Ok($crate::relay::context::load::<$node>(&scope.loaders, id).await?.map($crate::domain::Node::$node)) })
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
            $(fn standing<'t>(
                &'t self,
                tx: &'t $crate::store::Tx<'_>,
                id: uuid::Uuid,
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<Option<$crate::domain::Standing>>> {
                Box::pin($standing(tx, id))
            })?
            fn tags<'t>(
                &'t self,
                tx: &'t $crate::store::Tx<'_>,
                ids: &'t [uuid::Uuid],
            ) -> futures_util::future::BoxFuture<'t, $crate::base::Result<std::collections::HashMap<uuid::Uuid, Vec<uuid::Uuid>>>> {
                Box::pin(tx.tags_of_all::<<$node as $crate::relay::Face>::Row>(ids))
            }
            fn is_seen<'t>(&'t self, tx: &'t $crate::store::Tx<'_>, id: uuid::Uuid) -> futures_util::future::BoxFuture<'t, $crate::base::Result<bool>> {
                Box::pin(async move { Ok(tx.held::<<$node as $crate::relay::Face>::Row>(id).await?.is_some()) })
            }
            fn importer(&self) -> Option<&'static dyn $crate::domain::import::Importer> {
                $importer
            }
        }
    };
}
