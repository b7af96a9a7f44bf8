//! The roots of the graph, each put together of its kinds' parts: which part answers a field is looked up by its name, however many there are.
use std::collections::HashMap;

use async_graphql::{
    Context, ServerResult, Value,
    registry::{MetaField, Registry},
    resolver_utils::ContainerType,
};
use futures_util::future::BoxFuture;

use super::field;

/// A kind's part of a root.
pub trait RootPart: Send + Sync {
    /// Its fields.
    fn fields(&self, registry: &mut Registry) -> Vec<MetaField>;
    /// The answer of one of them.
    fn resolve<'a>(&'a self, ctx: &'a Context<'a>) -> BoxFuture<'a, ServerResult<Option<Value>>>;
}

impl<T: async_graphql::OutputType + ContainerType> RootPart for T {
    fn fields(&self, registry: &mut Registry) -> Vec<MetaField> {
        field::fields_of::<T>(registry)
    }

    fn resolve<'a>(&'a self, ctx: &'a Context<'a>) -> BoxFuture<'a, ServerResult<Option<Value>>> {
        Box::pin(self.resolve_field(ctx))
    }
}

/// The parts of a root.
pub struct RootParts {
    parts: Vec<Box<dyn RootPart>>,
    /// Which part answers a field.
    by_field: HashMap<String, usize>,
}

impl RootParts {
    /// A root of these parts.
    pub fn new(parts: Vec<Box<dyn RootPart>>) -> Self {
        let (mut registry, mut by_field) = (Registry::default(), HashMap::new());
        for (index, part) in parts.iter().enumerate() {
            for field in part.fields(&mut registry) {
                // A name that two parts have is the first one's.
                by_field.entry(field.name).or_insert(index);
            }
        }
        Self { parts, by_field }
    }

    /// All fields.
    pub fn fields(&self, registry: &mut Registry) -> Vec<MetaField> {
        self.parts.iter().flat_map(|part| part.fields(registry)).collect()
    }

    /// The answer of the field that is asked for.
    pub async fn resolve(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        match self.by_field.get(ctx.item.node.name.node.as_str()) {
            Some(index) => self.parts[*index].resolve(ctx).await,
            None => Ok(None),
        }
    }
}

/// Declares a root of the graph: its name and its parts.
#[macro_export]
macro_rules! root {
    ($(#[doc = $told:expr])* $root:ident = $name:literal [$($part:ty),* $(,)?]) => {
        $(#[doc = $told])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $root;

        impl $root {
            fn parts() -> &'static $crate::relay::roots::RootParts {
                static PARTS: std::sync::LazyLock<$crate::relay::roots::RootParts> =
                    std::sync::LazyLock::new(|| $crate::relay::roots::RootParts::new(vec![$(Box::<$part>::default()),*]));
                &PARTS
            }
        }

        impl async_graphql::resolver_utils::ContainerType for $root {
            async fn resolve_field(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::ServerResult<Option<async_graphql::Value>> {
                Self::parts().resolve(ctx).await
            }
        }

        impl async_graphql::OutputType for $root {
            fn type_name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($name)
            }
            fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
                let told = $crate::relay::field::said(concat!($($told, "\n"),*));
                $crate::relay::field::object_told::<Self>(registry, Some(&told), |registry| Self::parts().fields(registry))
            }
            async fn resolve(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
                _: &async_graphql::Positioned<async_graphql::parser::types::Field>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                async_graphql::resolver_utils::resolve_container(ctx, self).await
            }
        }

        impl async_graphql::ObjectType for $root {}
    };
}
