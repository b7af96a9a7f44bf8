//! Runs operations for people who are not there, the way of every client's.
use std::sync::{Arc, Weak};

use async_graphql::{Variables, parser::types::OperationType};
use futures_util::future::BoxFuture;
use poem::http::{HeaderMap, Method};
use serde_json::Value;

use super::gate::admission;
use crate::{
    access::Viewer,
    base::Language,
    relay,
    store::Db,
    transport::{Engine, Params, RequestHead, Transport},
};

/// Answers through the engine, which holds the graph, which holds this: hence weakly.
pub struct Operations {
    engine: Weak<Engine>,
    db: Db,
}

impl Operations {
    /// Answers through this engine from this database.
    pub fn new(engine: &Arc<Engine>, db: Db) -> Self {
        Self { engine: Arc::downgrade(engine), db }
    }

    async fn run(&self, viewer: Arc<Viewer>, languages: Arc<[Language]>, query: &str, variables: Value) -> Result<Value, String> {
        let Some(engine) = self.engine.upgrade() else { return Err("The hub is stopping.".to_owned()) };
        let params = Params {
            query: Some(query.to_owned()),
            operation_name: None,
            variables: Variables::from_json(variables),
            persisted: None,
            files: None,
        };
        let plan = engine.plan(params).map_err(|refusal| refusal.message)?;
        if plan.operation != OperationType::Query {
            return Err("Only a query can be asked for here, no mutation and no subscription.".to_owned());
        }
        let admission = admission(self.db.clone(), viewer, languages);
        let head = RequestHead {
            request_id: uuid::Uuid::new_v4().simple().to_string().into(),
            method: Method::POST,
            headers: HeaderMap::new(),
            remote: None,
            transport: Transport::Webhook,
        };
        let reply = engine.answer(plan, &admission, &head).await;
        if reply.is_refused() {
            return Err(reply.errors.first().map_or_else(String::new, |error| error.message.clone()));
        }
        serde_json::to_value(&reply).map_err(|cause| cause.to_string())
    }
}

impl relay::Operations for Operations {
    fn answer<'a>(
        &'a self,
        viewer: Arc<Viewer>,
        languages: Arc<[Language]>,
        query: &'a str,
        variables: Value,
    ) -> BoxFuture<'a, Result<Value, String>> {
        Box::pin(self.run(viewer, languages, query, variables))
    }
}
