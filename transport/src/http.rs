//! `/graphql` by the GraphQL-over-HTTP specification, and the door to the other transports at the same path.
//!
//! Invariant: a browser can't be made to mutate by a page of another origin: no mutation by GET, no body of a media
//! type that a plain form can send; an upload needs a header that a form can't set.
//! Invariant: nothing of the body is read for a credential that was not admitted.

use std::{path::PathBuf, sync::Arc};

use async_graphql::parser::types::OperationType;
use futures_util::future::join_all;
use poem::{
    Endpoint, IntoResponse, Request, Response,
    http::{HeaderMap, Method, StatusCode, header},
    web::Redirect,
};

use super::{
    body,
    code::{Code, Refusal},
    engine::{Engine, Plan},
    gate::{Admission, RequestHead, bearer},
    media::{Answer, Sent},
    multipart, observe,
    params::{Asked, Params},
    reply::Reply,
    response::{json, refuse, write},
    sse, ws,
};

/// Headers that no form and no plain cross-origin request can set: one of them must come with an upload.
const PREFLIGHT: [&str; 4] = ["apollo-require-preflight", "graphql-require-preflight", "x-requested-with", "authorization"];

/// The endpoint of `/graphql`.
pub struct GraphqlEndpoint {
    engine: Arc<Engine>,
    /// Where files are received.
    folder: PathBuf,
}

impl GraphqlEndpoint {
    /// Files of uploads are received in `folder`, which must exist.
    pub fn new(engine: Arc<Engine>, folder: impl Into<PathBuf>) -> Self {
        Self { engine, folder: folder.into() }
    }

    async fn respond(&self, mut request: Request) -> Response {
        if *request.method() == Method::GET && ws::is_upgrade(request.headers()) {
            return ws::upgrade(&self.engine, &request);
        }
        if is_reader(&request) {
            return Redirect::see_other("/graphiql").into_response();
        }
        let Some(answer) = Answer::negotiate(request.headers()) else {
            let sentence = "Accept application/graphql-response+json, application/json or text/event-stream.";
            return refuse(Answer::Json, Refusal::new(Code::NotSupported, sentence).status(StatusCode::NOT_ACCEPTABLE));
        };
        let head = observe::head(&request, if answer == Answer::Events { super::Transport::Sse } else { super::Transport::Http });
        // Errors before a stream begins are plain JSON.
        let plain = if answer == Answer::Events { Answer::Json } else { answer };
        match self.answer(&mut request, answer, &head).await {
            Ok(response) => response,
            Err(refusal) => write(plain, &self.engine.refuse(refusal, &head)),
        }
    }

    async fn answer(&self, request: &mut Request, answer: Answer, head: &Arc<RequestHead>) -> Result<Response, Refusal> {
        let sent = check_head(request)?;
        let credential = bearer(head.header(header::AUTHORIZATION)).map_err(|denied| denied.0)?;
        let admission = self.engine.admit(credential, head).await?;
        let asked = match sent {
            None => Asked::One(Params::from_query_string(request.uri().query().unwrap_or_default(), &self.engine.limits)?),
            Some(sent) => self.read(request, sent).await?,
        };
        match asked {
            Asked::One(params) if answer == Answer::Events => Ok(sse::respond(&self.engine, params, &admission, head)),
            Asked::Batch(_) if answer == Answer::Events => Err(Refusal::new(Code::NotSupported, "A batch can't be streamed.")),
            Asked::One(params) => {
                let plan = self.engine.plan(params)?;
                if head.method == Method::GET && plan.operation != OperationType::Query {
                    let sentence = "A GET runs queries only; send a mutation by POST.";
                    return Err(Refusal::new(Code::NotSupported, sentence).status(StatusCode::METHOD_NOT_ALLOWED));
                }
                let _slot = self.engine.slot()?;
                Ok(write(answer, &self.engine.answer(plan, &admission, head).await))
            }
            Asked::Batch(batch) => {
                let _slot = self.engine.slot()?;
                Ok(json(StatusCode::OK, answer, &self.answer_batch(batch, &admission, head).await?))
            }
        }
    }

    async fn read(&self, request: &mut Request, sent: Sent) -> Result<Asked, Refusal> {
        let limits = &self.engine.limits;
        let announced = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        let waits = request.headers().contains_key(header::EXPECT);
        let taken = request.take_body();
        match sent {
            Sent::Json => {
                if let Some(announced) = announced.filter(|announced| *announced > limits.body_bytes) {
                    if !waits {
                        body::discard(taken).await;
                    }
                    return Err(body::too_large("body_bytes", announced, limits.body_bytes));
                }
                let read = body::read(taken, &self.engine).await?;
                Asked::from_json(&read.bytes, limits)
            }
            Sent::Multipart(boundary) => {
                let Ok(_upload) = self.engine.uploads.try_acquire() else {
                    return Err(super::engine::busy("concurrent_uploads", limits.concurrent_uploads));
                };
                multipart::read(taken, boundary, &self.engine, &self.folder).await
            }
        }
    }

    /// Queries of a batch run side by side; as soon as one changes something they run in order.
    async fn answer_batch(&self, batch: Vec<Params>, admission: &Admission, head: &RequestHead) -> Result<Vec<Reply>, Refusal> {
        let plans: Vec<Result<Plan, Refusal>> = batch.into_iter().map(|params| self.engine.plan(params)).collect();
        self.engine.hold_batch(plans.iter().filter_map(|plan| plan.as_ref().ok()))?;
        let in_order = plans.iter().flatten().any(|plan| plan.operation != OperationType::Query);
        let answers = plans.into_iter().map(|plan| async move {
            match plan {
                Ok(plan) => self.engine.answer(plan, admission, head).await,
                Err(refusal) => self.engine.refuse(refusal, head),
            }
        });
        if !in_order {
            return Ok(join_all(answers).await);
        }
        let mut replies = vec![];
        for answer in answers {
            replies.push(answer.await);
        }
        Ok(replies)
    }
}

impl Endpoint for GraphqlEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.respond(request).await)
    }
}

/// Holds the method and the media type to what is served; none for a GET.
fn check_head(request: &Request) -> Result<Option<Sent>, Refusal> {
    let headers = request.headers();
    match *request.method() {
        Method::GET => return Ok(None),
        Method::POST => {}
        _ => {
            let refusal = Refusal::new(Code::NotSupported, "Use GET for queries and POST for everything.");
            return Err(refusal.status(StatusCode::METHOD_NOT_ALLOWED));
        }
    }
    let unsupported = |sentence: &str| Refusal::new(Code::NotSupported, sentence).status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(unsupported("Send the body without a content encoding."));
    }
    let sent = Sent::read(headers)
        .ok_or_else(|| unsupported("Send `Content-Type: application/json` in UTF-8, or an upload as multipart/form-data."))?;
    if matches!(sent, Sent::Multipart(_)) && !is_preflighted(headers) {
        let sentence = "An upload needs a header that forms can't set, such as `GraphQL-Require-Preflight: 1`.";
        return Err(unsupported(sentence));
    }
    Ok(Some(sent))
}

/// A browser that was pointed here by a person, with nothing to ask.
fn is_reader(request: &Request) -> bool {
    let accept = request.header(header::ACCEPT).unwrap_or_default();
    *request.method() == Method::GET && request.uri().query().is_none() && accept.contains("text/html")
}

fn is_preflighted(headers: &HeaderMap) -> bool {
    PREFLIGHT.iter().any(|name| headers.get(*name).is_some_and(|value| !value.is_empty()))
}
