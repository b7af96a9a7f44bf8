//! The turn of the hub that sends: what the log means for webhooks is noted, and what is due is given to lanes.
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

use super::{
    WebhookFollower,
    follower::{LASTING, Shared},
    lane::{self, Lane},
};
use crate::{
    access::Viewer,
    base::{Ambient, Id, Kind, Moment, Result},
    domain::{
        city::City,
        programme::Programme,
        saved_search::{self, SavedSearch, matched},
        theme::Theme,
        webhook::{self, Hook, Reason, Webhook, delivery, queue},
    },
    follow::{
        leader::{Leader, Next},
        past,
    },
    store::{Leases, Logged, Request, log::Wanted},
};

/// Entries looked through at once.
pub const BATCH: u64 = 500;
/// How often the clock is looked at while something waits for its time: it is not the timer's.
const TICK: Duration = Duration::from_millis(100);
/// Entries that nobody is told of after which the place is written down all the same.
const UNWRITTEN: i64 = 1_000;
/// How often what need no longer be told is taken away, in microseconds: an hour.
const SWEPT: i64 = 3_600_000_000;
/// Kinds whose changes change what webhooks ask for.
const ASKED_OF: [&str; 5] = [Webhook::NAME, SavedSearch::NAME, City::NAME, Programme::NAME, Theme::NAME];

/// What is kept in memory while a hub has the turn.
pub struct Turn {
    pub hooks: HashMap<Uuid, (Arc<Hook>, Wanted)>,
    /// The place as it is written down.
    written: Option<i64>,
    /// Up to where the log was looked through.
    upto: i64,
    /// When what need no longer be told was taken away.
    swept: Moment,
    lanes: JoinSet<lane::Ended>,
    running: HashSet<Uuid>,
    /// Webhooks that are left alone until then.
    resting: HashMap<Uuid, Moment>,
    /// Replays on which work panicked: whoever gets the turn next tries them again.
    pub stuck: HashSet<String>,
    pub shared: Arc<Shared>,
    /// Tells lanes that more was noted.
    pub more: watch::Sender<()>,
}

impl Leader for Arc<WebhookFollower> {
    const TASK: &'static str = "webhooks";
    const LEASE: &'static str = queue::NAME;
    const LASTING: Duration = LASTING;
    const ASKED: Duration = Duration::from_secs(5);
    const FAILED: &'static str = "webhooks could not follow the log";
    const PAUSE: Duration = Duration::from_secs(1);
    /// Its end ends what it sends: another hub may have the turn by then.
    type Turn = Turn;

    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn ambient(&self) -> &dyn Ambient {
        &*self.ambient
    }

    async fn load(&self) -> Result<Turn> {
        let (written, head) = (queue::cursor(&self.reader).await?, self.log.head());
        let made = Wanted { events: vec!["webhookCreated".to_owned()], ..Wanted::default() };
        // The first time there is nothing to tell before the first webhook was made.
        let first = self.reader.log(&made, 0, None, false, 1).await?.first().map_or(head, |logged| logged.seq - 1);
        let mut turn = Turn {
            hooks: HashMap::new(),
            written,
            upto: written.unwrap_or(first),
            swept: Moment::default(),
            lanes: JoinSet::new(),
            running: HashSet::new(),
            resting: HashMap::new(),
            stuck: HashSet::new(),
            shared: Arc::default(),
            more: watch::Sender::new(()),
        };
        self.learn(&mut turn).await?;
        if !turn.hooks.is_empty() {
            self.writer.run(Request::by(Arc::new(Viewer::hub())), queue::Mend).await?;
        }
        Ok(turn)
    }

    async fn step(&self, turn: &mut Turn, since: Instant) -> Result<Next> {
        let mut head = self.log.listen();
        if !self.spread(turn).await? {
            return Ok(Next::Lost);
        }
        let has_more = self.replay(turn).await?;
        self.sweep(turn).await?;
        let next = self.send(turn, since).await?;
        if has_more {
            return Ok(Next::Step);
        }
        tokio::select! {
            () = past(&mut head, turn.upto) => {}
            Some(ended) = turn.lanes.join_next() => turn.ended(ended),
            () = self.due(next) => {}
            // The lease is kept while nothing happens.
            () = tokio::time::sleep(LASTING / 3) => {}
        }
        Ok(Next::Step)
    }
}

impl WebhookFollower {
    /// Returns when it is that time; never, where nothing waits.
    async fn due(&self, next: Option<Moment>) {
        let Some(next) = next else { return std::future::pending().await };
        while self.ambient.now() < next {
            tokio::time::sleep(TICK).await;
        }
    }

    /// Takes in which webhooks there are and what they ask for.
    async fn learn(&self, turn: &mut Turn) -> Result<()> {
        let hooks = webhook::active(&self.reader, None).await?;
        let searches: Vec<Uuid> = hooks.iter().filter_map(|hook| Some(hook.saved_search?.uuid())).collect();
        let kept = if searches.is_empty() { Vec::new() } else { saved_search::every_kept(&self.reader, Some(&searches)).await? };
        turn.hooks.clear();
        // Dead letters may have been revived.
        turn.more.send_replace(());
        for hook in hooks {
            let wanted = match hook.saved_search {
                Some(search) if !kept.iter().any(|kept| kept.id == search) => {
                    self.end(hook.id, Reason::SearchDeleted).await?;
                    continue;
                }
                Some(search) => matched::wanted(search),
                None => match self.isolation.one(&hook.id.to_string(), hook.filter.wanted(&self.reader)).await? {
                    Some(wanted) => wanted,
                    None => continue,
                },
            };
            turn.hooks.insert(hook.id.uuid(), (Arc::new(hook), wanted));
        }
        Ok(())
    }

    /// Ends a webhook.
    pub async fn end(&self, webhook: Id<Webhook>, reason: Reason) -> Result<()> {
        tracing::info!(%webhook, ?reason, "a webhook ended");
        self.writer.run(Request::by(Arc::new(Viewer::hub())), queue::End { webhook, reason }).await?;
        Ok(())
    }

    /// Notes what the next entries mean; false where another hub was quicker.
    async fn spread(&self, turn: &mut Turn) -> Result<bool> {
        let batch = self.reader.log(&Wanted::default(), turn.upto, None, false, BATCH).await?;
        let Some(to) = batch.last().map(|logged| logged.seq) else {
            // Trimmed before it was looked through.
            turn.upto = if self.log.head() > turn.upto { self.log.trimmed().await?.max(turn.upto) } else { turn.upto };
            return Ok(true);
        };
        // A match is told of a saved search and changes nothing of it.
        if batch.iter().any(|logged| ASKED_OF.contains(&logged.kind.as_str()) && !matched::is_match(logged)) {
            self.learn(turn).await?;
        }
        let told = self.told_of(turn, batch).await?;
        turn.upto = to;
        if told.is_empty() && (turn.hooks.is_empty() || to - turn.written.unwrap_or(0) < UNWRITTEN) {
            return Ok(true);
        }
        let spread = queue::Spread { told, from: turn.written, to };
        let noting = turn.shared.noting.write().await;
        let is_noted = self.writer.run(Request::by(Arc::new(Viewer::hub())), spread).await?.output;
        drop(noting);
        if !is_noted {
            return Ok(false);
        }
        turn.written = Some(to);
        turn.more.send_replace(());
        Ok(true)
    }

    /// What of these entries which webhook tells; entries one by one where all at once panics.
    async fn told_of(&self, turn: &Turn, batch: Vec<Logged>) -> Result<Vec<queue::Told>> {
        let seqs: Vec<i64> = batch.iter().map(|entry| entry.seq).collect();
        if let Some(told) = self.isolation.several(&seqs, self.told(turn, batch.clone())).await? {
            return Ok(told);
        }
        let mut told = Vec::new();
        for entry in batch {
            told.extend(self.isolation.one(&entry.seq.to_string(), self.told(turn, vec![entry])).await?.unwrap_or_default());
        }
        Ok(told)
    }

    /// Takes away now and then what need no longer be told.
    async fn sweep(&self, turn: &mut Turn) -> Result<()> {
        let now = self.ambient.now();
        if !turn.hooks.is_empty() && now.0 - turn.swept.0 >= SWEPT {
            self.writer.run(Request::by(Arc::new(Viewer::hub())), queue::Sweep).await?;
            turn.swept = now;
        }
        Ok(())
    }

    /// Opens a lane for each webhook that has something due and none; answers when something is due next.
    async fn send(self: &Arc<Self>, turn: &mut Turn, since: Instant) -> Result<Option<Moment>> {
        while let Some(ended) = turn.lanes.try_join_next() {
            turn.ended(ended);
        }
        if turn.hooks.is_empty() {
            self.meters.waiting.set(0);
            return Ok(None);
        }
        let (now, mut next, mut count) = (self.ambient.now(), None, 0);
        for waiting in delivery::waiting(&self.reader).await? {
            count += waiting.count;
            let Some((hook, _)) = turn.hooks.get(&waiting.webhook) else { continue };
            if turn.running.contains(&waiting.webhook) {
                continue;
            }
            let at = turn.resting.get(&waiting.webhook).map_or(waiting.at, |rest| waiting.at.max(*rest));
            if at > now {
                next = Some(next.map_or(at, |next: Moment| next.min(at)));
                continue;
            }
            turn.resting.remove(&waiting.webhook);
            turn.running.insert(waiting.webhook);
            let lane = Lane { hub: self.clone(), webhook: hook.id, shared: turn.shared.clone(), more: turn.more.subscribe(), since };
            turn.lanes.spawn(lane.run());
        }
        self.meters.waiting.set(count);
        Ok(next)
    }
}

impl Turn {
    fn ended(&mut self, ended: Result<lane::Ended, tokio::task::JoinError>) {
        match ended {
            Ok(ended) => {
                self.running.remove(&ended.webhook);
                if let Some(rest) = ended.rest {
                    self.resting.insert(ended.webhook, rest);
                }
            }
            Err(cause) => {
                tracing::error!(%cause, "a webhook's lane failed");
                // Whose it was is not told: lanes that still run say so themselves when they find nothing due.
                if self.lanes.is_empty() {
                    self.running.clear();
                }
            }
        }
    }
}
