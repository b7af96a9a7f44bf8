//! One operation of a socket, as a stream of what it says.

use std::sync::Arc;

use futures_util::{Stream, StreamExt, stream::BoxStream};

use crate::{engine::Engine, gate::RequestHead, params::Params, reply::Reply};

/// What an operation says to its session.
pub(super) enum Event {
    /// One answer.
    Reply(Reply),
    /// It is refused and over.
    Refused(Reply),
    /// It is over.
    Ended,
}

/// Begins an operation as soon as the stream is polled.
pub(super) fn operation(
    engine: Arc<Engine>,
    head: Arc<RequestHead>,
    credential: Arc<Option<String>>,
    params: Params,
) -> impl Stream<Item = Event> + Send + 'static {
    // Boxed, so that what is needed to begin is not kept for as long as the subscription lives.
    let beginning = Box::pin(start(engine, head, credential, params));
    async_stream::stream! {
        let mut replies = match beginning.await {
            Ok(replies) => replies,
            Err(reply) => return yield Event::Refused(reply),
        };
        while let Some(reply) = replies.next().await {
            if reply.is_refused() {
                return yield Event::Refused(reply);
            }
            yield Event::Reply(reply);
        }
        yield Event::Ended;
    }
}

/// The gate is asked anew, then the operation is planned.
async fn start(
    engine: Arc<Engine>,
    head: Arc<RequestHead>,
    credential: Arc<Option<String>>,
    params: Params,
) -> Result<BoxStream<'static, Reply>, Reply> {
    let begun = async {
        let admission = engine.admit(credential.as_deref(), &head).await?;
        Ok(engine.stream(engine.plan(params)?, &admission, &head))
    };
    begun.await.map_err(|refusal| engine.refuse(refusal, &head))
}
