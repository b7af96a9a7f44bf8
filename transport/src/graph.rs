//! The schema behind one pointer, so that the transport is compiled once and not once per schema.

use std::sync::Arc;

use async_graphql::{Executor, Request, Response, Value};
use futures_util::{future::BoxFuture, stream::BoxStream};

use super::contract::Contract;

/// Why a value is none of the scalar of this name, in a sentence; none where it is one.
pub type ScalarFault = fn(&str, &Value) -> Option<String>;

/// Any schema of async-graphql.
#[derive(Clone)]
pub struct Graph {
    schema: Arc<dyn Runs>,
    contract: Arc<Contract>,
    scalar_fault: ScalarFault,
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
    /// A schema and what its SDL promises. The transport validates by the SDL, so the schema should be built with `ValidationMode::Fast`.
    pub fn new(schema: impl Executor, contract: Arc<Contract>) -> Self {
        Self { schema: Arc::new(schema), contract, scalar_fault: |_, _| None }
    }

    /// The same, whose own scalars are judged in variables before anything is executed.
    pub fn with_scalars(self, scalar_fault: ScalarFault) -> Self {
        Self { scalar_fault, ..self }
    }

    pub(super) const fn scalar_fault(&self) -> ScalarFault {
        self.scalar_fault
    }

    /// What its SDL promises.
    pub(super) fn contract(&self) -> &Contract {
        &self.contract
    }

    pub(super) async fn execute(&self, request: Request) -> Response {
        self.schema.execute(request).await
    }

    pub(super) fn stream(&self, request: Request) -> BoxStream<'static, Response> {
        self.schema.stream(request)
    }
}
