//! The way of one operation, the same for all transports: admit, plan (parse, count, check), answer or stream.
//!
//! Invariant: `plan` does everything that can refuse an operation; nothing was executed when it fails.
//! Invariant: an answer holds one of the `concurrent_requests` slots and ends within `request_timeout_ms`; a
//! subscription holds one of the `subscriptions` slots for as long as it lives.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use async_graphql::{Request, parser::types::OperationType};
use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use poem::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::{
    code::{Code, Refusal},
    contract::Contract,
    cost,
    document::{Documents, hold},
    drain::Drain,
    gate::{Admission, Denied, Gate, RequestHead},
    graph::Graph,
    limits::{Limits, length, milliseconds},
    meters::{Meters, OperationLabels},
    params::Params,
    persisted::Persisted,
    reply::Reply,
    shape::Shape,
    variables,
};
use crate::base::Counted;

/// The query that explorers and code generators send; the yardstick of introspection.
const INTROSPECTION: &str = include_str!("introspection.graphql");

/// The heart of the transport.
pub struct Engine {
    /// The limits in force.
    pub limits: Limits,
    /// What is counted.
    pub meters: Meters,
    /// The way to stop.
    pub drain: Drain,
    graph: Graph,
    gate: Arc<dyn Gate>,
    /// What the usual introspection query costs on this schema.
    introspection: u64,
    documents: Documents,
    persisted: Persisted,
    requests: Semaphore,
    subscriptions: Arc<Semaphore>,
    pub(super) bodies: Arc<Semaphore>,
    pub(super) uploads: Semaphore,
}

/// An operation that may be executed.
pub struct Plan {
    request: Request,
    /// Query, mutation or subscription.
    pub operation: OperationType,
    /// Its estimated cost.
    pub cost: u64,
}

impl Engine {
    /// Puts the parts together.
    pub fn new(graph: Graph, gate: impl Gate, limits: Limits) -> Arc<Self> {
        let introspection = introspection_cost(&graph.contract().shape, &limits);
        let slots = |limit: u64| Semaphore::new(length(limit).min(Semaphore::MAX_PERMITS));
        Arc::new(Self {
            introspection,
            documents: Documents::new(&limits),
            persisted: Persisted::new(&limits),
            requests: slots(limits.concurrent_requests),
            subscriptions: Arc::new(slots(limits.subscriptions)),
            bodies: Arc::new(slots(limits.bodies_bytes / 1024)),
            uploads: slots(limits.concurrent_uploads),
            meters: Meters::default(),
            drain: Drain::default(),
            gate: Arc::new(gate),
            graph,
            limits,
        })
    }

    /// The SDL of the schema served.
    pub fn sdl(&self) -> &Arc<str> {
        self.graph.contract().sdl()
    }

    /// Asks the gate, which has as long as an answer has.
    pub async fn admit(&self, credential: Option<&str>, head: &RequestHead) -> Result<Admission, Refusal> {
        let asked = self.gate.admit(credential, head);
        let limit = self.limits.request_timeout_ms;
        let admitted = tokio::time::timeout(milliseconds(limit), asked).await;
        admitted.map_err(|_| late(limit))?.map_err(|Denied(refusal)| refusal)
    }

    /// Everything before execution.
    pub fn plan(&self, params: Params) -> Result<Plan, Refusal> {
        let text = match (&params.persisted, params.query) {
            (Some(extension), query) => self.persisted.resolve(extension, query)?,
            (None, Some(query)) => query,
            (None, None) => {
                return Err(Refusal::new(Code::BadRequest, "The parameter `query` is required."));
            }
        };
        let document = self.documents.get(&text, &self.limits)?;
        let Contract { rules, shape, .. } = self.graph.contract();
        document.examine(&text, rules, shape, &self.limits)?;
        let operation = document.operation(params.operation_name.as_deref())?;
        let variables = variables::check(operation, params.variables, shape, self.graph.scalar_fault(), &self.limits)?;
        let tally = document.check(operation, &variables, shape, &self.limits)?;
        hold("cost", tally.cost, self.limits.cost)?;
        let percent = tally.introspection.saturating_mul(100) / self.introspection.max(1);
        hold("introspection_percent", percent, self.limits.introspection_percent)?;
        let kind = operation.ty;
        let mut request = Request::new(text).variables(variables);
        request.operation_name = params.operation_name;
        request.set_parsed_query(document.parsed.clone());
        if let Some(files) = params.files {
            request = request.data(files);
        }
        Ok(Plan { request, operation: kind, cost: tally.cost })
    }

    /// Holds a batch to the limit on cost as a whole.
    pub fn hold_batch<'a>(&self, plans: impl Iterator<Item = &'a Plan>) -> Result<(), Refusal> {
        let cost = plans.fold(0_u64, |sum, plan| sum.saturating_add(plan.cost));
        hold("cost", cost, self.limits.cost)
    }

    /// A slot for an answer, or the refusal of a busy server.
    pub fn slot(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.requests.try_acquire().map_err(|_| busy("concurrent_requests", self.limits.concurrent_requests))
    }

    /// Executes a query or mutation; the caller holds a slot.
    pub async fn answer(&self, plan: Plan, admission: &Admission, head: &RequestHead) -> Reply {
        let begun = Instant::now();
        let labels = |outcome: &str| labels(head, Some(plan.operation), outcome);
        if plan.operation == OperationType::Subscription {
            let sentence = "A subscription needs `Accept: text/event-stream` or a WebSocket.";
            return self.refuse(Refusal::of_document(Code::NotSupported, sentence), head);
        }
        let run = self.graph.execute(admission.enter(plan.request));
        let limit = self.limits.request_timeout_ms;
        // A resolver that panics is a fault like any other: the connection and its other requests live on.
        let run = AssertUnwindSafe(run).catch_unwind();
        let reply = match tokio::time::timeout(milliseconds(limit), run).await {
            Ok(Ok(response)) => Reply::from_response(response, &head.request_id),
            Ok(Err(_)) => panicked(head),
            Err(_) => late(limit).into(),
        };
        let (took, outcome) = (begun.elapsed(), reply.outcome());
        self.meters.count(labels(outcome), Some(took));
        tracing::debug!(request_id = %head.request_id, operation = ?plan.operation, cost = plan.cost, outcome, ?took, "executed");
        reply
    }

    /// A refusal as an answer, counted.
    pub fn refuse(&self, refusal: Refusal, head: &RequestHead) -> Reply {
        self.meters.count(labels(head, None, refusal.code.as_str()), None);
        refusal.into()
    }

    /// Runs any operation as a stream of answers. A query or mutation has one; the stream of a subscription ends with
    /// the subscription, or when draining begins.
    pub fn stream(self: &Arc<Self>, plan: Plan, admission: &Admission, head: &Arc<RequestHead>) -> BoxStream<'static, Reply> {
        let (engine, admission, head) = (self.clone(), admission.clone(), head.clone());
        if plan.operation != OperationType::Subscription {
            return stream::once(async move {
                match engine.slot() {
                    Ok(_slot) => engine.answer(plan, &admission, &head).await,
                    Err(refusal) => engine.refuse(refusal, &head),
                }
            })
            .boxed();
        }
        let slot: OwnedSemaphorePermit = match self.subscriptions.clone().try_acquire_owned() {
            Ok(slot) => slot,
            Err(_) => {
                let reply = self.refuse(busy("subscriptions", self.limits.subscriptions), &head);
                return stream::once(async move { reply }).boxed();
            }
        };
        let counted = Counted::new(&self.meters.subscriptions);
        self.meters.count(labels(&head, Some(plan.operation), "OK"), None);
        let events = self.graph.stream(admission.enter(plan.request));
        let until = self.drain.signal().cancelled_owned();
        let held = (slot, counted);
        AssertUnwindSafe(events)
            .catch_unwind()
            .map(move |event| {
                let _ = &held;
                let reply = match event {
                    Ok(response) => Reply::from_response(response, &head.request_id),
                    Err(_) => panicked(&head),
                };
                engine.meters.events.inc();
                reply
            })
            .take_until(until)
            .boxed()
    }
}

fn late(limit: u64) -> Refusal {
    Refusal::new(Code::Timeout, "The answer took too long and was given up.").detail("limit", "request_timeout_ms").detail("maximum", limit)
}

/// The answer where a resolver panicked; the panic itself has been written to the log by its hook.
fn panicked(head: &RequestHead) -> Reply {
    tracing::error!(request_id = %head.request_id, "a resolver panicked");
    let refusal = Refusal::new(Code::Internal, "The server failed to answer.");
    refusal.detail("requestId", head.request_id.as_ref()).into()
}

/// The refusal of a server that has too much to do.
pub(super) fn busy(limit: &'static str, maximum: u64) -> Refusal {
    Refusal::limit(limit, maximum.saturating_add(1), maximum).status(StatusCode::SERVICE_UNAVAILABLE)
}

fn labels(head: &RequestHead, operation: Option<OperationType>, outcome: &str) -> OperationLabels {
    let operation = match operation {
        Some(OperationType::Query) => "query",
        Some(OperationType::Mutation) => "mutation",
        Some(OperationType::Subscription) => "subscription",
        None => "none",
    };
    // Resolvers may use codes of their own; in labels only the closed list may stand.
    let is_known = outcome == "OK" || Code::ALL.iter().any(|code| code.as_str() == outcome);
    OperationLabels { transport: head.transport.as_str(), operation, outcome: if is_known { outcome } else { "OTHER" }.into() }
}

fn introspection_cost(shape: &Shape, limits: &Limits) -> u64 {
    let tally = async_graphql::parser::parse_query(INTROSPECTION).ok().and_then(|document| {
        let (_, operation) = document.operations.iter().next()?;
        cost::tally(&document, &operation.node, &async_graphql::Variables::default(), shape, limits).ok()
    });
    tally.map_or(u64::MAX, |tally| tally.introspection)
}
