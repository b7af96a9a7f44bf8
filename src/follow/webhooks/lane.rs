//! One webhook's deliveries, a few at a time, until nothing of it is due.
use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream::FuturesUnordered};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    WebhookFollower,
    follower::{LASTING, Shared},
    post::Message,
    retry,
};
use crate::{
    access::Viewer,
    base::{Counted, Id, Moment, Result},
    domain::{
        entry_of,
        event::ExchangeEventType,
        person,
        webhook::{
            self, Hook, Reason, Webhook,
            delivery::{self, Model as Delivery, State},
            queue::Finish,
        },
    },
    store::{Logged, Reader, Request},
};

/// Deliveries of one webhook under way at once.
const AT_ONCE: usize = 4;
/// Bytes of a payload at the most.
const LARGEST: usize = 1 << 20;
/// How long a webhook rests where how an attempt went could not be noted: without a note it would be sent again at once.
const UNNOTED: Duration = Duration::from_secs(60);

/// The sending of one webhook.
pub struct Lane {
    pub hub: Arc<WebhookFollower>,
    pub webhook: Id<Webhook>,
    /// What all webhooks share.
    pub shared: Arc<Shared>,
    /// Changes when more was noted.
    pub more: watch::Receiver<()>,
    /// When the turn was last taken: nothing begins when another hub may have it.
    pub since: Instant,
}

/// How a lane ended.
pub struct Ended {
    pub webhook: Uuid,
    /// Until when its receiver is left alone.
    pub rest: Option<Moment>,
}

/// What it takes to send.
struct Sender {
    hook: Hook,
    viewer: Arc<Viewer>,
    secrets: Vec<String>,
}

/// How an attempt went.
struct Attempt {
    state: State,
    status: Option<u16>,
    error: Option<String>,
    /// How long the receiver asked to be left alone.
    asked: Option<Duration>,
    /// Until when it asked to be left alone.
    rest: Option<Moment>,
    /// Whether the receiver wants nothing more.
    is_gone: bool,
    /// Whether it was asked and did not answer.
    is_unanswered: bool,
}

impl Attempt {
    fn of(state: State, error: Option<&str>) -> Self {
        Self { state, status: None, error: error.map(str::to_owned), asked: None, rest: None, is_gone: false, is_unanswered: false }
    }
}

fn plus(at: Moment, wait: Duration) -> Moment {
    Moment(at.0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}

impl Lane {
    pub async fn run(self) -> Ended {
        let webhook = self.webhook.uuid();
        let name = format!("deliveries of {}", self.webhook);
        let rest = match self.hub.isolation.one(&name, self.deliver()).await {
            Ok(Some(rest)) => rest,
            Ok(None) => Some(plus(self.hub.ambient.now(), UNNOTED)),
            Err(error) => {
                tracing::error!(webhook = %self.webhook, cause = error.told(), "a webhook's deliveries could not be noted");
                Some(plus(self.hub.ambient.now(), UNNOTED))
            }
        };
        Ended { webhook, rest }
    }

    /// Sends what is due, a few at once; answers until when the receiver is left alone.
    async fn deliver(&self) -> Result<Option<Moment>> {
        let mut under_way = FuturesUnordered::new();
        let mut begun: HashSet<Uuid> = HashSet::new();
        let mut rest: Option<Moment> = None;
        let (mut more, mut width) = (self.more.clone(), AT_ONCE);
        loop {
            let begins = rest.is_none() && begun.len() < width && self.since.elapsed() < LASTING / 3;
            if begins {
                // What is noted from here on is heard of below.
                more.mark_unchanged();
                for (delivery, sender) in self.due(&begun, width).await? {
                    begun.insert(delivery.id.uuid());
                    under_way.push(async move { (delivery.id.uuid(), self.attempt(delivery, &sender).await) });
                }
            }
            tokio::select! {
                done = under_way.next() => {
                    let Some((id, attempt)) = done else { return Ok(rest) };
                    begun.remove(&id);
                    let attempt = attempt?;
                    if attempt.is_gone {
                        self.hub.end(self.webhook, Reason::ReceiverGone).await?;
                        return Ok(None);
                    }
                    // A receiver that does not answer holds a slot for long: it is asked one thing at a time.
                    width = if attempt.is_unanswered { 1 } else { AT_ONCE };
                    rest = rest.max(attempt.rest);
                }
                Ok(()) = more.changed(), if begins && !begun.is_empty() => {}
            }
        }
    }

    /// What may begin now beside what is under way, and how it is sent: as its webhook and its person are now.
    async fn due(&self, begun: &HashSet<Uuid>, width: usize) -> Result<Vec<(Delivery, Arc<Sender>)>> {
        let (hub, now) = (&self.hub, self.hub.ambient.now());
        let mut due = delivery::due(&hub.reader, self.webhook, now, (AT_ONCE * 2) as u64).await?;
        due.retain(|delivery| !begun.contains(&delivery.id.uuid()));
        due.truncate(width.saturating_sub(begun.len()));
        if due.is_empty() {
            return Ok(Vec::new());
        }
        // Paused, ended or deleted meanwhile.
        let Some(hook) = webhook::active(&hub.reader, Some(self.webhook)).await?.pop() else { return Ok(Vec::new()) };
        let Some(viewer) = person::viewers_of(&hub.reader, &[hook.person.uuid()]).await?.into_values().next() else {
            hub.end(hook.id, Reason::OwnerLeft).await?;
            return Ok(Vec::new());
        };
        let secrets = webhook::secrets_of(&hub.reader, hook.id, now).await?;
        let sender = Arc::new(Sender { hook, viewer: Arc::new(viewer), secrets });
        Ok(due.into_iter().map(|delivery| (delivery, sender.clone())).collect())
    }

    /// Tries one delivery and notes how it went.
    async fn attempt(&self, delivery: Delivery, sender: &Sender) -> Result<Attempt> {
        let hub = &self.hub;
        let sent = hub.isolation.one(&format!("delivery {}", delivery.message_id()), self.send(&delivery, sender)).await?;
        let mut attempt =
            sent.unwrap_or_else(|| Attempt::of(State::Dead, Some("The hub failed to make this delivery; its operator's log tells why.")));
        // Counted from the answer on, however long noting it takes.
        let answered_at = hub.ambient.now();
        attempt.rest = attempt.asked.map(|asked| plus(answered_at, asked.min(retry::LONGEST)));
        let chance = hub.ambient.secret();
        let wait = retry::after(delivery.attempts + 1, [chance[7], chance[6]], attempt.asked);
        let (state, next_at) = match (attempt.state, wait) {
            (State::Waiting, Some(wait)) => (State::Waiting, plus(answered_at, wait)),
            (State::Waiting, None) => (State::Dead, delivery.next_at),
            (state, _) => (state, delivery.next_at),
        };
        hub.meters.count(match state {
            State::Delivered => "delivered",
            State::Dead => "dead",
            State::Hidden => "hidden",
            State::Waiting | State::Held => "failed",
        });
        if let Some(error) = &attempt.error {
            tracing::info!(webhook = %self.webhook, message = delivery.message_id(), attempts = delivery.attempts + 1, ?state, error, "a delivery failed");
        }
        let finish = Finish { state, next_at, status: attempt.status, error: attempt.error.clone(), delivery };
        let _noting = self.shared.noting.read().await;
        hub.writer.run(Request::by(Arc::new(Viewer::hub())), finish).await?;
        Ok(attempt)
    }

    /// Makes the payload as its person may see it now, and sends it.
    async fn send(&self, delivery: &Delivery, sender: &Sender) -> Result<Attempt> {
        let hub = &self.hub;
        let reader = Reader::new(hub.db.clone(), sender.viewer.clone());
        let Some(entry) = reader.log_entry(delivery.seq).await? else {
            let is_gone = hub.log.trimmed().await? >= delivery.seq;
            return Ok(match is_gone {
                true => Attempt::of(State::Dead, Some("The event log no longer has this event.")),
                false => Attempt::of(State::Hidden, None),
            });
        };
        if sender.hook.saved_search.is_some() && !is_seen(&reader, delivery).await? {
            return Ok(Attempt::of(State::Hidden, None));
        }
        // Neither is ever closed.
        let _slot = self.shared.requests.acquire().await;
        let making = self.shared.payloads.acquire().await;
        let body = match self.payload(delivery, &entry, sender).await? {
            Ok(body) => body,
            Err(sentence) => return Ok(Attempt::of(State::Waiting, Some(&sentence))),
        };
        drop(making);
        let message = Message { id: delivery.message_id(), at: hub.ambient.now(), body };
        let sending = Counted::new(&hub.meters.sending);
        let begun = Instant::now();
        let answered = hub.post.send(&sender.hook.url, &sender.secrets, message).await;
        drop(sending);
        hub.meters.took(begun.elapsed());
        Ok(match answered {
            Ok(answer) => {
                let (state, error) = match answer.status {
                    200..300 => (State::Delivered, None),
                    300..400 => (State::Waiting, Some(format!("The receiver answered {}: redirects are not followed.", answer.status))),
                    410 => (State::Dead, Some("The receiver answered 410: it wants nothing more.".to_owned())),
                    status => (State::Waiting, Some(format!("The receiver answered {status}."))),
                };
                Attempt {
                    state,
                    status: Some(answer.status),
                    error,
                    asked: answer.retry_after,
                    rest: None,
                    is_gone: answer.status == 410,
                    is_unanswered: false,
                }
            }
            Err(sentence) => Attempt { is_unanswered: true, ..Attempt::of(State::Waiting, Some(&sentence)) },
        })
    }

    /// The JSON text to send, or why there is none.
    async fn payload(&self, delivery: &Delivery, entry: &Logged, sender: &Sender) -> Result<std::result::Result<String, String>> {
        let hook = &sender.hook;
        let languages = person::languages_of(&self.hub.reader, hook.person).await?;
        let name = ExchangeEventType::of_word(&delivery.event)?.name();
        let variables = json!({
            "cursor": delivery.seq.to_string(),
            "type": name,
            "subject": delivery.subject_id(),
            "savedSearch": hook.saved_search.map(|search: Id<_>| search.to_string()),
            "occurredAt": delivery.at.rfc3339(),
            "summary": entry.summary,
        });
        let answered = self.hub.operations.answer(sender.viewer.clone(), languages.into(), &hook.query, variables).await;
        let answer = match answered {
            Ok(answer) => answer,
            Err(sentence) => return Ok(Err(format!("The webhook's query is refused: {sentence}"))),
        };
        let errors = answer.get("errors").and_then(Value::as_array);
        let is_ours = |error: &Value| matches!(error["extensions"]["code"].as_str(), Some("INTERNAL" | "TIMEOUT" | "UNAVAILABLE"));
        if errors.is_some_and(|errors| errors.iter().any(is_ours)) {
            return Ok(Err("The hub failed to answer the webhook's query.".to_owned()));
        }
        let mut body =
            json!({ "type": name, "timestamp": delivery.at.rfc3339(), "cursor": delivery.seq.to_string(), "data": answer["data"] });
        if let Some(errors) = errors {
            body["errors"] = json!(errors);
        }
        let body = body.to_string();
        Ok(if body.len() > LARGEST { Err("The payload is larger than 1 MiB; ask for less.".to_owned()) } else { Ok(body) })
    }
}

/// Whether the reader's viewer may see what a match found.
async fn is_seen(reader: &Reader, delivery: &Delivery) -> Result<bool> {
    match entry_of(&delivery.kind) {
        Some(entry) => Ok(!entry.docs(reader, &[delivery.subject]).await?.is_empty()),
        None => Ok(false),
    }
}
