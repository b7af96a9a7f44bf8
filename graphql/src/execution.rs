//! Resolves an object's fields: each once, in the order of the query, errors nulling what the specification says.
use std::{any::Any, future::poll_fn, pin::Pin, sync::Arc, task::Poll};

use async_graphql::{
    Context, ContextSelectionSet, Name, PathSegment, Positioned, ServerError, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, Selection, SelectionSet},
    resolver_utils::ContainerType,
};

/// A field that is being resolved.
type Resolving<'a> = Pin<Box<dyn Future<Output = ServerResult<Value>> + Send + 'a>>;

enum State<'a> {
    Waiting(Resolving<'a>),
    Ready(Value),
}

/// Where an error arose. It goes through the engine's lists beside the error, as these write their own path over it.
pub(crate) struct Place {
    path: Vec<PathSegment>,
    source: Option<Arc<dyn Any + Send + Sync>>,
}

/// Resolves an object by all its fields side by side. Custom directives and the engine's extensions are not asked.
pub async fn resolve_container<'a, T: ContainerType + ?Sized>(ctx: &ContextSelectionSet<'a>, root: &'a T) -> ServerResult<Value> {
    let own = root.introspection_type_name();
    if own != T::type_name() {
        // An interface or a union as the engine's macros have it: only the engine knows what is in it.
        return async_graphql::resolver_utils::resolve_container(ctx, root).await;
    }
    let mut slots: Vec<(Name, State<'_>)> =
        selected(ctx, &own).into_iter().map(|(key, fields)| (key, State::Waiting(field(ctx.clone(), root, fields)))).collect();
    poll_fn(|cx| {
        let mut is_waiting = false;
        for (_, state) in &mut slots {
            if let State::Waiting(field) = state {
                match field.as_mut().poll(cx) {
                    Poll::Ready(Ok(value)) => *state = State::Ready(value),
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => is_waiting = true,
                }
            }
        }
        if is_waiting { Poll::Pending } else { Poll::Ready(Ok(())) }
    })
    .await?;
    let ready = slots.into_iter().map(|(key, state)| match state {
        State::Ready(value) => (key, value),
        State::Waiting(_) => (key, Value::Null),
    });
    Ok(Value::Object(ready.collect()))
}

/// The same, one field after the other: what a failed one leaves without a parent is not begun.
pub async fn resolve_container_serial<'a, T: ContainerType + ?Sized>(ctx: &ContextSelectionSet<'a>, root: &'a T) -> ServerResult<Value> {
    let own = root.introspection_type_name();
    let mut ready = IndexMap::new();
    for (key, fields) in selected(ctx, &own) {
        ready.insert(key, field(ctx.clone(), root, fields).await?);
    }
    Ok(Value::Object(ready))
}

/// The fields asked of an object of this type by their keys, fragments included, in the order in which they are asked first.
fn selected<'a>(ctx: &ContextSelectionSet<'a>, own: &str) -> IndexMap<Name, Vec<&'a Positioned<Field>>> {
    let mut fields = IndexMap::with_capacity(ctx.item.node.items.len());
    gather(ctx, ctx.item, own, &mut fields);
    fields
}

fn gather<'a>(
    ctx: &ContextSelectionSet<'a>,
    set: &'a Positioned<SelectionSet>,
    own: &str,
    fields: &mut IndexMap<Name, Vec<&'a Positioned<Field>>>,
) {
    for selection in &set.node.items {
        let (condition, below) = match &selection.node {
            Selection::Field(field) => {
                fields.entry(field.node.response_key().node.clone()).or_default().push(field);
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
        let types = &ctx.schema_env.registry.types;
        if condition.is_none_or(|condition| condition == own || types.get(condition).is_some_and(|of| of.is_possible_type(own))) {
            gather(ctx, below, own, fields);
        }
    }
}

/// Resolves one field, however often it is selected.
fn field<'a, T: ContainerType + ?Sized>(ctx: ContextSelectionSet<'a>, root: &'a T, fields: Vec<&'a Positioned<Field>>) -> Resolving<'a> {
    Box::pin(async move {
        let merged;
        let field = match fields[..] {
            [field] => field,
            _ => {
                merged = merge(&fields);
                &merged
            }
        };
        if field.node.name.node == "__typename" {
            return Ok(Value::String(root.introspection_type_name().into_owned()));
        }
        let ctx = ctx.with_field(field);
        match root.resolve_field(&ctx).await {
            Ok(value) => Ok(value.unwrap_or_default()),
            Err(error) => {
                let error = placed(error, &ctx);
                if is_nullable(&ctx, &root.introspection_type_name()) {
                    ctx.add_error(error);
                    return Ok(Value::Null);
                }
                Err(error)
            }
        }
    })
}

/// Several selections of one field as one: what is selected below them is selected of it.
fn merge(fields: &[&Positioned<Field>]) -> Positioned<Field> {
    let mut merged = fields[0].clone();
    merged.node.selection_set.node.items.extend(fields[1..].iter().flat_map(|field| field.node.selection_set.node.items.iter().cloned()));
    merged
}

/// Notes where an error arose, unless that is known.
pub(crate) fn placed<T>(mut error: ServerError, ctx: &async_graphql::ContextBase<'_, T>) -> ServerError {
    if error.source.as_ref().is_some_and(|source| source.is::<Place>()) {
        return error;
    }
    if error.path.is_empty() {
        error = ctx.set_error_path(error);
    }
    error.source = Some(Arc::new(Place { path: error.path.clone(), source: error.source.take() }));
    error
}

/// The error with the path of where it arose, and its own source.
pub(crate) fn told(mut error: ServerError) -> ServerError {
    if let Some(source) = error.source.take() {
        match source.downcast::<Place>() {
            Ok(place) => (error.path, error.source) = (place.path.clone(), place.source.clone()),
            Err(other) => error.source = Some(other),
        }
    }
    error
}

fn is_nullable(ctx: &Context<'_>, own: &str) -> bool {
    let field = ctx.schema_env.registry.types.get(own).and_then(|of| of.field_by_name(&ctx.item.node.name.node));
    field.is_some_and(|field| !field.ty.ends_with('!'))
}
