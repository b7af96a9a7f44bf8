//! Resolves an object's fields in the order of the query, cheaply, and lets errors of non-null fields reach their
//! nullable parent, as the specification wants (GraphQL, October 2021, §6.4.4). async-graphql 7.2 answers fields in the
//! order they become ready, leaves a failed non-null field out of its object, and spends more on scheduling a field
//! than most fields cost.
use std::{borrow::Cow, future::poll_fn, pin::Pin, task::Poll};

use async_graphql::{
    ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection},
    registry::Registry,
    resolver_utils::ContainerType,
};
use futures_util::future::BoxFuture;

/// An object that is resolved by this file. In the SDL it is the object itself.
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
        object(ctx, &self.0).await
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
        Box::pin(object(ctx, self))
    }
}

/// Declares the answer of an interface or a union: it is resolved as the object it is, by this file. (async-graphql answers
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

/// A field that is being resolved.
struct Slot<'a> {
    name: Name,
    state: State<'a>,
}

enum State<'a> {
    Waiting(Pin<Box<dyn Future<Output = ServerResult<Value>> + Send + 'a>>),
    Ready(Value),
}

async fn object<'a, T: ContainerType + Send + Sync>(ctx: &ContextSelectionSet<'a>, root: &'a T) -> ServerResult<Value> {
    let mut slots = Vec::with_capacity(ctx.item.node.items.len());
    gather(ctx, root, &mut slots);
    poll_fn(|cx| {
        let mut is_waiting = false;
        for slot in &mut slots {
            if let State::Waiting(field) = &mut slot.state {
                match field.as_mut().poll(cx) {
                    Poll::Ready(Ok(value)) => slot.state = State::Ready(value),
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => is_waiting = true,
                }
            }
        }
        if is_waiting { Poll::Pending } else { Poll::Ready(Ok(())) }
    })
    .await?;
    let mut fields = IndexMap::with_capacity(slots.len());
    for slot in slots {
        if let State::Ready(value) = slot.state {
            merge(&mut fields, slot.name, value);
        }
    }
    Ok(Value::Object(fields))
}

/// Collects the fields a selection set asks of an object, fragments included.
fn gather<'a, T: ContainerType + Send + Sync>(ctx: &ContextSelectionSet<'a>, root: &'a T, slots: &mut Vec<Slot<'a>>) {
    for selection in &ctx.item.node.items {
        let (condition, set) = match &selection.node {
            Selection::Field(field) => {
                let name = field.node.response_key().node.clone();
                let state = if field.node.name.node == "__typename" {
                    State::Ready(Value::String(root.introspection_type_name().into_owned()))
                } else {
                    let ctx = ctx.clone();
                    State::Waiting(Box::pin(async move {
                        let ctx = ctx.with_field(field);
                        Ok(root.resolve_field(&ctx).await?.unwrap_or_default())
                    }))
                };
                slots.push(Slot { name, state });
                continue;
            }
            // Validation has made sure that every fragment is there.
            Selection::FragmentSpread(spread) => match ctx.query_env.fragments.get(&spread.node.fragment_name.node) {
                Some(fragment) => (Some(fragment.node.type_condition.node.on.node.as_str()), &fragment.node.selection_set),
                None => continue,
            },
            Selection::InlineFragment(fragment) => {
                (fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str()), &fragment.node.selection_set)
            }
        };
        let own = root.introspection_type_name();
        let applies = condition.is_none_or(|condition| {
            own == condition
                || T::type_name() == condition
                || ctx.schema_env.registry.implements.get(&*own).is_some_and(|interfaces| interfaces.contains(condition))
        });
        if applies {
            gather(&ctx.with_selection_set(set), root, slots);
        }
    }
}

/// Puts a value under its key; two selections of the same key are merged.
fn merge(fields: &mut IndexMap<Name, Value>, name: Name, value: Value) {
    match (fields.get_mut(&name), value) {
        (Some(Value::Object(have)), Value::Object(more)) => {
            for (name, value) in more {
                merge(have, name, value);
            }
        }
        (Some(Value::List(have)), Value::List(more)) => {
            for (have, more) in have.iter_mut().zip(more) {
                if let (Value::Object(have), Value::Object(more)) = (have, more) {
                    for (name, value) in more {
                        merge(have, name, value);
                    }
                }
            }
        }
        (Some(_), _) => {}
        (None, value) => drop(fields.insert(name, value)),
    }
}
