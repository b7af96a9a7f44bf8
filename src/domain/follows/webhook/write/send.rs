//! Asking a webhook to send: a test, what was before, what could not be delivered.
use async_graphql::{ID, InputObject};

use super::super::{Webhook, delivery::WebhookDelivery, life, queue};
use crate::{
    kernel::{life::begin_any_version, prelude::write::*},
    relay::Position,
    store::Record,
};

/// What `sendTestWebhook` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SendTestWebhookInput {
    /// The webhook.
    pub id: ID,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    SendTestWebhookPayload { webhook: Webhook },
    "What `sendTestWebhook` answers.",
    "The webhook; its `deliveries` tell how the test went."
);

/// What `replayWebhook` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReplayWebhookInput {
    /// The webhook.
    pub id: ID,
    /// The cursor of the last event that need not be sent again; `0` for everything the log still has.
    pub after: String,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(ReplayWebhookPayload { webhook: Webhook }, "What `replayWebhook` answers.", "The webhook; its `deliveries` tell how it goes.");

/// What `retryWebhookDeliveries` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RetryWebhookDeliveriesInput {
    /// The webhook.
    pub id: ID,
    /// Only these, at most 100; all its dead letters where it is left out.
    pub deliveries: Option<Vec<ID>>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(RetryWebhookDeliveriesPayload { webhook: Webhook }, "What `retryWebhookDeliveries` answers.", "The webhook.");

/// What is to be sent.
#[derive(Debug)]
enum What {
    Test,
    After(i64),
    Dead(Option<Vec<uuid::Uuid>>),
}

/// The command.
#[derive(Debug)]
pub struct Send {
    id: Id<Webhook>,
    what: What,
}

impl Send {
    /// A test.
    pub fn test(input: &SendTestWebhookInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, what: What::Test })
    }

    /// What came after a cursor.
    pub fn replay(input: &ReplayWebhookInput) -> Result<Self> {
        let Some(Position(after)) = Position::read(&input.after) else {
            return refuse(Code::BadInput, "input.after", "“after” is not a cursor of the log; take it from an event or a delivery.");
        };
        Ok(Self { id: Id::parse(&input.id, "input.id")?, what: What::After(after) })
    }

    /// Dead letters.
    pub fn retry(input: &RetryWebhookDeliveriesInput) -> Result<Self> {
        let id = Id::parse(&input.id, "input.id")?;
        let Some(deliveries) = &input.deliveries else { return Ok(Self { id, what: What::Dead(None) }) };
        refuse_if(deliveries.len() > 100, Code::TooLong, "input.deliveries", "At most 100 deliveries are named at once.")?;
        let only: Result<Vec<_>> =
            deliveries.iter().map(|delivery| Ok(Id::<WebhookDelivery>::parse(delivery, "input.deliveries")?.uuid())).collect();
        Ok(Self { id, what: What::Dead(Some(only?)) })
    }
}

impl Command for Send {
    type Output = Id<Webhook>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Webhook>> {
        let what = match self.what {
            What::Test => &life::SEND_TEST,
            What::After(_) => &life::REPLAY,
            What::Dead(_) => &life::RETRY,
        };
        let row = begin_any_version(tx, what, self.id).await?;
        // The entry in the log is what the follower hears of it by, on whatever hub.
        let fact = match &self.what {
            What::Test => &life::TESTED,
            What::After(after) => {
                let head = tx.log_head().await?;
                let told = format!("The log ends at {head}, so {after} is no cursor of it; take one from an event or a delivery.");
                refuse_if(*after > head, Code::BadInput, "input.after", told)?;
                queue::begin_replay(tx, row.id, *after).await?;
                &life::REVISED
            }
            What::Dead(only) => {
                let revived = queue::revive(tx, row.id, only.as_deref()).await?;
                refuse_if(
                    revived == 0,
                    Code::NotFound,
                    if only.is_some() { "input.deliveries" } else { "input.id" },
                    "There are no such dead letters.",
                )?;
                &life::REVISED
            }
        };
        tx.log(&row, vec![fact], row.tags());
        Ok(row.id)
    }
}
