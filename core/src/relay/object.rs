//! Objects, and what is one of several: each is resolved as the object it is, by the execution of `graphql/`.
use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::Registry,
    resolver_utils::{ContainerType, resolve_container},
};
use futures_util::future::BoxFuture;

/// An object of whatever type. In the SDL it is the object itself.
#[derive(Clone, Copy, Debug)]
pub struct Object<T>(pub T);

impl<T: ContainerType + Send + Sync> OutputType for Object<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, &self.0).await
    }
}

/// An object of whatever type, resolved as the object it is.
pub trait AnyNode: Send + Sync {
    /// The name of its type.
    fn name(&self) -> Cow<'static, str>;
    /// Its fields, as the query selects them.
    fn resolve<'a>(&'a self, ctx: &'a ContextSelectionSet<'a>) -> BoxFuture<'a, ServerResult<Value>>;
}

impl<T: ContainerType + Send + Sync> AnyNode for T {
    fn name(&self) -> Cow<'static, str> {
        self.introspection_type_name()
    }

    fn resolve<'a>(&'a self, ctx: &'a ContextSelectionSet<'a>) -> BoxFuture<'a, ServerResult<Value>> {
        Box::pin(resolve_container(ctx, self))
    }
}

/// Declares the answer of an interface or a union: it is resolved as the object it is. (async-graphql answers
/// null for an object of which nothing is asked; it is an object with nothing in it.)
#[macro_export]
macro_rules! object_any {
    ($(#[$doc:meta])* $name:ident of $of:ident { $($variant:ident),* $(,)? }) => {
        $(#[$doc])*
        pub struct $name(pub $of);

        impl async_graphql::OutputType for $name {
            fn type_name() -> std::borrow::Cow<'static, str> {
                <$of as async_graphql::OutputType>::type_name()
            }

            fn introspection_type_name(&self) -> std::borrow::Cow<'static, str> {
                async_graphql::OutputType::introspection_type_name(&self.0)
            }

            fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
                <$of as async_graphql::OutputType>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
                field: &async_graphql::Positioned<async_graphql::parser::types::Field>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                match &self.0 {
                    $($of::$variant(object) => async_graphql::OutputType::resolve(&$crate::relay::Object(object), ctx, field).await,)*
                }
            }
        }
    };
}
