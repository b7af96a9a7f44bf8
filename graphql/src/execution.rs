//! Resolves an object's fields: each once, in the order of the query, errors nulling what the specification says.
use std::{any::Any, borrow::Cow, future::poll_fn, sync::Arc, task::Poll};

use async_graphql::{
    Context, ContextSelectionSet, Name, PathSegment, Positioned, ServerError, ServerResult, Value,
    indexmap::{IndexMap, map::Entry},
    parser::types::{Field, Selection, SelectionSet},
    resolver_utils::ContainerType,
};
use futures_util::future::BoxFuture;

/// What a field answers, beside where it was asked.
type Answered<'a> = (Context<'a>, ServerResult<Option<Value>>);

enum State<'a> {
    Waiting(BoxFuture<'a, Answered<'a>>),
    Ready(Value),
}

/// Where an error arose. It goes through the engine's lists beside the error, as these write their own path over it.
pub(crate) struct Place {
    path: Vec<PathSegment>,
    source: Option<Arc<dyn Any + Send + Sync>>,
}

/// An object whose type is forgotten, so that what resolves it is compiled once and not for each type.
trait Resolvable: Sync {
    fn name(&self) -> Cow<'static, str>;
    fn resolve_field<'a>(&'a self, ctx: Context<'a>) -> BoxFuture<'a, Answered<'a>>;
}

struct Of<'r, T: ?Sized>(&'r T);

impl<T: ContainerType + ?Sized> Resolvable for Of<'_, T> {
    fn name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn resolve_field<'a>(&'a self, ctx: Context<'a>) -> BoxFuture<'a, Answered<'a>> {
        Box::pin(async move {
            let answer = self.0.resolve_field(&ctx).await;
            (ctx, answer)
        })
    }
}

/// Resolves an object by all its fields side by side. Custom directives and the engine's extensions are not asked.
pub async fn resolve_container<'a, T: ContainerType + ?Sized>(ctx: &ContextSelectionSet<'a>, root: &'a T) -> ServerResult<Value> {
    if root.introspection_type_name() != T::type_name() {
        return Err(not_an_object(&T::type_name()));
    }
    side_by_side(ctx, &Of(root)).await
}

/// The same, one field after the other: what a failed one leaves without a parent is not begun.
pub async fn resolve_container_serial<'a, T: ContainerType + ?Sized>(ctx: &ContextSelectionSet<'a>, root: &'a T) -> ServerResult<Value> {
    in_turn(ctx, &Of(root)).await
}

/// An interface or a union as the engine's macros have it: only the engine knows what is in it.
fn not_an_object(name: &str) -> ServerError {
    ServerError::new(format!("{name} is no object; answer it as the object it is"), None)
}

async fn side_by_side(ctx: &ContextSelectionSet<'_>, root: &dyn Resolvable) -> ServerResult<Value> {
    let own = root.name();
    let fields = selected(ctx, &own);
    let mut slots: Vec<State<'_>> = fields
        .values()
        .map(|field| match &*field.node.name.node {
            "__typename" => State::Ready(Value::String(own.to_string())),
            _ => State::Waiting(root.resolve_field(ctx.with_field(field))),
        })
        .collect();
    poll_fn(|cx| {
        let mut is_waiting = false;
        for state in &mut slots {
            if let State::Waiting(field) = state {
                match field.as_mut().poll(cx) {
                    Poll::Ready(answered) => *state = State::Ready(settled(answered, &own)?),
                    Poll::Pending => is_waiting = true,
                }
            }
        }
        if is_waiting { Poll::Pending } else { Poll::Ready(ServerResult::Ok(())) }
    })
    .await?;
    let ready = fields.keys().cloned().zip(slots.into_iter().map(|state| match state {
        State::Ready(value) => value,
        State::Waiting(_) => Value::Null,
    }));
    Ok(Value::Object(ready.collect()))
}

async fn in_turn(ctx: &ContextSelectionSet<'_>, root: &dyn Resolvable) -> ServerResult<Value> {
    let own = root.name();
    let mut ready = IndexMap::new();
    for (key, field) in selected(ctx, &own) {
        let value = match &*field.node.name.node {
            "__typename" => Value::String(own.to_string()),
            _ => settled(root.resolve_field(ctx.with_field(&field)).await, &own)?,
        };
        ready.insert(key, value);
    }
    Ok(Value::Object(ready))
}

/// A field's value; null where it failed and may be null.
fn settled((ctx, answer): Answered<'_>, own: &str) -> ServerResult<Value> {
    match answer {
        Ok(value) => Ok(value.unwrap_or_default()),
        Err(error) => {
            let error = placed(error, &ctx);
            if is_nullable(&ctx, own) {
                ctx.add_error(error);
                return Ok(Value::Null);
            }
            Err(error)
        }
    }
}

/// The fields asked of an object of this type by their keys, fragments included, in the order in which they are asked first. Several selections of
/// one field are one: what is selected below them is selected of it.
fn selected<'a>(ctx: &ContextSelectionSet<'a>, own: &str) -> IndexMap<Name, Cow<'a, Positioned<Field>>> {
    let mut fields = IndexMap::with_capacity(ctx.item.node.items.len());
    gather(ctx, ctx.item, own, &mut fields);
    fields
}

fn gather<'a>(
    ctx: &ContextSelectionSet<'a>,
    set: &'a Positioned<SelectionSet>,
    own: &str,
    fields: &mut IndexMap<Name, Cow<'a, Positioned<Field>>>,
) {
    for selection in &set.node.items {
        let (condition, below) = match &selection.node {
            Selection::Field(field) => {
                match fields.entry(field.node.response_key().node.clone()) {
                    Entry::Vacant(free) => {
                        free.insert(Cow::Borrowed(field));
                    }
                    Entry::Occupied(mut earlier) => {
                        earlier.get_mut().to_mut().node.selection_set.node.items.extend_from_slice(&field.node.selection_set.node.items);
                    }
                }
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
