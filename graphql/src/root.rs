//! The roots of operations. The engine resolves them field by field, in an order and with a treatment of errors of its own; so the first field it asks
//! for has all of them resolved here, the others answer nothing, and what the engine makes of that is replaced in the end.
use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, ContextSelectionSet, Data, Executor, ObjectType, OutputType, Positioned, Request, Response, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{Field, OperationType},
    registry::Registry,
    resolver_utils::ContainerType,
};
use futures_util::{StreamExt, stream::BoxStream};
use parking_lot::Mutex;

use crate::{
    described::describe_arguments,
    execution::{resolve_container, resolve_container_serial, told},
};

/// The root of queries or of mutations. In the SDL it is what it holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Root<T>(pub T);

#[derive(Default)]
enum Progress {
    #[default]
    Untouched,
    Begun,
    /// None where all was nulled.
    Ended(Option<Value>),
}

/// What came of an operation's root.
#[derive(Clone, Default)]
struct Outcome(Arc<Mutex<Progress>>);

impl Outcome {
    /// Whether this is the first field of the root that is asked for.
    fn is_first(&self) -> bool {
        let mut data = self.0.lock();
        let is_first = matches!(*data, Progress::Untouched);
        if is_first {
            *data = Progress::Begun;
        }
        is_first
    }

    fn complete(&self, mut response: Response) -> Response {
        match std::mem::take(&mut *self.0.lock()) {
            Progress::Ended(Some(Value::Object(mut fields))) => {
                // Of the engine's own fields (`__schema`) it alone knows the answer.
                if let Value::Object(known) = std::mem::take(&mut response.data) {
                    fields.extend(known.into_iter().filter(|(_, value)| *value != Value::Null));
                }
                response.data = Value::Object(fields);
            }
            Progress::Ended(_) => response.data = Value::Null,
            // Nothing was asked for, or all of it was skipped.
            Progress::Untouched if response.data == Value::Null && response.errors.is_empty() => {
                response.data = Value::Object(IndexMap::new());
            }
            Progress::Untouched | Progress::Begun => {}
        }
        with_places(response)
    }
}

fn with_places(mut response: Response) -> Response {
    response.errors = response.errors.into_iter().map(told).collect();
    response
}

impl<T: ObjectType> OutputType for Root<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        describe_arguments(registry, &T::type_name());
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, &self.0).await
    }
}

impl<T: ObjectType> ContainerType for Root<T> {
    fn is_empty() -> bool {
        T::is_empty()
    }

    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let Some(outcome) = ctx.data_opt::<Outcome>() else { return self.0.resolve_field(ctx).await };
        if !outcome.is_first() {
            return Ok(None);
        }
        let operation = &ctx.query_env.operation.node;
        let all = ctx.query_env.create_context(ctx.schema_env, None, &operation.selection_set, ctx.execute_data);
        let done = match operation.ty {
            OperationType::Mutation => resolve_container_serial(&all, &self.0).await,
            OperationType::Query | OperationType::Subscription => resolve_container(&all, &self.0).await,
        };
        let data = done.map_err(|error| ctx.add_error(error)).ok();
        *outcome.0.lock() = Progress::Ended(data);
        Ok(None)
    }
}

impl<T: ObjectType> ObjectType for Root<T> {}

/// A schema whose roots are a [`Root`]; what is asked through this is answered as the specification wants it.
#[derive(Clone)]
pub struct Executed<E>(pub E);

impl<E: Executor> Executor for Executed<E> {
    async fn execute(&self, request: Request) -> Response {
        let outcome = Outcome::default();
        let response = self.0.execute(request.data(outcome.clone())).await;
        outcome.complete(response)
    }

    fn execute_stream(&self, request: Request, session_data: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let outcome = Outcome::default();
        let responses = self.0.execute_stream(request.data(outcome.clone()), session_data);
        responses
            .map(move |response| {
                let is_root = !matches!(*outcome.0.lock(), Progress::Untouched);
                if is_root { outcome.complete(response) } else { with_places(response) }
            })
            .boxed()
    }
}
