//! The query by which a webhook's payloads are shaped.
use async_graphql::Context;

use crate::kernel::prelude::write::*;

/// Tries a payload's query as the viewer, about an event that is not there: what it may not ask is refused now, not at each delivery.
pub(super) async fn try_query(ctx: &Context<'_>, query: &str) -> crate::base::Result<()> {
    let variables = serde_json::json!({
        "cursor": "0", "type": "WEBHOOK_TESTED", "subject": crate::base::id::join("webhook", uuid::Uuid::nil()), "savedSearch": null,
        "occurredAt": ctx.now().rfc3339(), "summary": "",
    });
    match ctx.hub().operations.get() {
        Some(operations) => match operations.answer(ctx.viewer(), ctx.scope().languages.clone(), query, variables).await {
            Ok(_) => Ok(()),
            Err(sentence) => refuse(Code::BadInput, "input.query", format!("The query is refused: {sentence}")),
        },
        None => Err(crate::base::Fault::new("nothing answers operations yet").into()),
    }
}
