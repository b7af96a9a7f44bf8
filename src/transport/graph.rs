//! The schema behind one pointer, so that the transport is compiled once and not once per schema.

use std::sync::Arc;

use async_graphql::{Executor, Request, Response};
use futures_util::{future::BoxFuture, stream::BoxStream};

/// Any schema of async-graphql.
#[derive(Clone)]
pub struct Graph {
    strict: Arc<dyn Runs>,
    proven: Option<Arc<dyn Runs>>,
    sdl: Arc<str>,
}

trait Runs: Send + Sync {
    fn execute(&self, request: Request) -> BoxFuture<'_, Response>;
    fn stream(&self, request: Request) -> BoxStream<'static, Response>;
}

impl<E: Executor> Runs for E {
    fn execute(&self, request: Request) -> BoxFuture<'_, Response> {
        Box::pin(Executor::execute(self, request))
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Response> {
        self.execute_stream(request, None)
    }
}

impl Graph {
    /// A schema with full validation, and its SDL.
    pub fn new(schema: impl Executor, sdl: impl Into<Arc<str>>) -> Self {
        Self { strict: Arc::new(schema), proven: None, sdl: sdl.into() }
    }

    /// The same schema built with `ValidationMode::Fast`, for texts that the strict one has validated before.
    ///
    /// Validity does not depend on the variables' values, which are checked before each execution (`variables.rs`).
    #[must_use]
    pub fn with_proven(mut self, schema: impl Executor) -> Self {
        self.proven = Some(Arc::new(schema));
        self
    }

    /// The SDL.
    pub fn sdl(&self) -> &Arc<str> {
        &self.sdl
    }

    pub(super) async fn execute(&self, request: Request, is_proven: bool) -> Response {
        self.runs(is_proven).execute(request).await
    }

    pub(super) fn stream(&self, request: Request, is_proven: bool) -> BoxStream<'static, Response> {
        self.runs(is_proven).stream(request)
    }

    fn runs(&self, is_proven: bool) -> &Arc<dyn Runs> {
        self.proven.as_ref().filter(|_| is_proven).unwrap_or(&self.strict)
    }
}
