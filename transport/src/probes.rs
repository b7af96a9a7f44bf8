//! What operators ask: is it alive, is it ready, what does it count, what does it promise.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use poem::{
    Response, Route,
    endpoint::make_sync,
    get,
    http::{StatusCode, header},
};
use serde::Serialize;

use super::engine::Engine;

/// One thing that must be in order before the hub is ready.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was checked: `database`, `index` …
    pub name: &'static str,
    /// What is wrong with it, in a sentence that may be shown; none if it is in order.
    pub problem: Option<String>,
    /// Whether the hub serves what else it has all the same: told, and no reason to send everybody elsewhere.
    #[serde(skip)]
    pub is_bearable: bool,
}

impl Check {
    /// Something without which the hub is not ready.
    pub const fn of(name: &'static str, problem: Option<String>) -> Self {
        Self { name, problem, is_bearable: false }
    }

    /// Something the hub can be without for a while.
    pub const fn bearable(name: &'static str, problem: Option<String>) -> Self {
        Self { name, problem, is_bearable: true }
    }
}

/// The rest of the hub, asked whether it is ready.
pub trait Readiness: Send + Sync + 'static {
    /// Checks everything; must be quick.
    fn report(&self) -> BoxFuture<'_, Vec<Check>>;
}

/// A hub with nothing to check.
impl Readiness for () {
    fn report(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(async { vec![] })
    }
}

#[derive(Serialize)]
struct Report {
    ready: bool,
    checks: Vec<Check>,
}

/// Adds `/healthz`, `/readyz`, `/metrics` and `/schema.graphql`.
pub fn add(route: Route, engine: &Arc<Engine>, readiness: Arc<dyn Readiness>) -> Route {
    let (ready, metrics, schema) = (engine.clone(), engine.clone(), engine.clone());
    route
        .at("/healthz", get(make_sync(|_| text("text/plain; charset=utf-8", "alive\n".into()))))
        .at(
            "/readyz",
            get(poem::endpoint::make(move |_| {
                let (engine, readiness) = (ready.clone(), readiness.clone());
                async move { is_ready(&engine, &*readiness).await }
            })),
        )
        .at("/metrics", get(make_sync(move |_| text("application/openmetrics-text; version=1.0.0; charset=utf-8", metrics.meters.text()))))
        .at("/schema.graphql", get(make_sync(move |_| text("application/graphql; charset=utf-8", schema.sdl().to_string()))))
}

async fn is_ready(engine: &Engine, readiness: &dyn Readiness) -> Response {
    let mut checks = readiness.report().await;
    if engine.drain.has_begun() {
        checks.push(Check::of("drain", Some("The server is about to stop.".into())));
    }
    let ready = checks.iter().all(|check| check.problem.is_none() || check.is_bearable);
    let body = serde_json::to_string(&Report { ready, checks }).unwrap_or_default();
    let mut response = text("application/json; charset=utf-8", body);
    if !ready {
        response.set_status(StatusCode::SERVICE_UNAVAILABLE);
    }
    response
}

fn text(content_type: &'static str, body: String) -> Response {
    Response::builder().content_type(content_type).header(header::CACHE_CONTROL, "no-cache").body(body)
}
