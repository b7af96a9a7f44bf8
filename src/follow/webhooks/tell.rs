//! What of the log a webhook tells: live, and in a replay.
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use uuid::Uuid;

use super::{
    WebhookFollower,
    turn::{BATCH, Turn},
};
use crate::{
    access::{Viewer, rule},
    base::{Kind, Result},
    domain::{
        person,
        saved_search::matched,
        webhook::{
            Hook, Reason, Webhook,
            queue::{self, Told, replay},
        },
    },
    follow::{feed, log_tail::TaggedEntry},
    search::DocKey,
    store::{
        Logged, Reader, Request,
        log::{MARKS, Wanted},
    },
};

impl WebhookFollower {
    /// What of these entries which webhook tells.
    pub(super) async fn told(&self, turn: &Turn, batch: Vec<Logged>) -> Result<Vec<Told>> {
        if turn.hooks.is_empty() {
            return Ok(Vec::new());
        }
        let people: BTreeSet<Uuid> = turn.hooks.values().map(|(hook, _)| hook.person.uuid()).collect();
        let viewers = person::viewers_of(&self.reader, &people.into_iter().collect::<Vec<_>>()).await?;
        for (hook, _) in turn.hooks.values().filter(|(hook, _)| !viewers.contains_key(&hook.person.uuid())) {
            self.end(hook.id, Reason::OwnerLeft).await?;
        }
        let found = found(&self.reader, &batch).await?;
        let mut tags = self.reader.log_tags(&batch.iter().map(|entry| entry.seq).collect::<Vec<_>>()).await?;
        tags.sort_unstable();
        let mut told = Vec::new();
        for entry in batch {
            let own = &tags[tags.partition_point(|(seq, _)| *seq < entry.seq)..];
            let tags = own.iter().take_while(|(seq, _)| *seq == entry.seq).map(|(_, tag)| *tag).collect();
            let tagged = TaggedEntry { entry, tags };
            for (hook, wanted) in turn.hooks.values().filter(|(hook, _)| hook.since < tagged.entry.seq) {
                let is_admitted = viewers.get(&hook.person.uuid()).is_some_and(|viewer| rule::admits(viewer, &tagged.entry.audience));
                if is_admitted && tells(hook, wanted, &tagged) {
                    told.extend(of_entry(hook, &tagged.entry, &found));
                }
            }
        }
        Ok(told)
    }

    /// Notes one page of each replay that is under way; answers whether there is more.
    pub(super) async fn replay(&self, turn: &mut Turn) -> Result<bool> {
        if turn.hooks.is_empty() {
            return Ok(false);
        }
        let mut has_more = false;
        for replay in queue::replays(&self.reader).await? {
            let Some((hook, wanted)) = turn.hooks.get(&replay.webhook.uuid()) else { continue };
            let name = format!("replay of {} after {}", hook.id, replay.after);
            if turn.stuck.contains(&name) {
                continue;
            }
            let viewers = person::viewers_of(&self.reader, &[hook.person.uuid()]).await?;
            let Some(viewer) = viewers.into_values().next() else { continue };
            let _noting = turn.shared.noting.write().await;
            match self.isolation.one(&name, self.replay_page(hook, wanted, viewer, replay)).await? {
                Some(more) => has_more |= more,
                None => drop(turn.stuck.insert(name)),
            }
            turn.more.send_replace(());
        }
        Ok(has_more)
    }

    async fn replay_page(&self, hook: &Hook, wanted: &Wanted, viewer: Viewer, replay: replay::Model) -> Result<bool> {
        let reader = Reader::new(self.db.clone(), Arc::new(viewer));
        let page = reader.log(wanted, replay.after, Some(replay.upto + 1), false, BATCH).await?;
        let to = page.last().map(|entry| entry.seq).filter(|_| page.len() as u64 == BATCH);
        let found = found(&self.reader, &page).await?;
        let entries = page.iter().filter(|entry| is_news(hook, entry));
        let told = entries.flat_map(|entry| of_entry(hook, entry, &found)).collect();
        self.writer.run(Request::by(Arc::new(Viewer::hub())), queue::Replay { replay, told, to }).await?;
        Ok(to.is_some())
    }
}

/// Whether a webhook tells an entry. Of what happens to webhooks only a test is told, and only by the one that is tried.
fn tells(hook: &Hook, wanted: &Wanted, tagged: &TaggedEntry) -> bool {
    if tagged.entry.kind == Webhook::NAME {
        return tagged.entry.event == "webhookTested" && tagged.entry.subject == hook.id.uuid();
    }
    is_news(hook, &tagged.entry) && feed::matches(wanted, tagged)
}

/// Whether an entry is news to a webhook: what tells a person's devices of marks set on another is so only where it is asked for by name.
fn is_news(hook: &Hook, entry: &Logged) -> bool {
    entry.kind != Webhook::NAME && (!hook.filter.types.is_empty() || !MARKS.contains(&entry.event.as_str()))
}

/// What the matches among these entries found.
async fn found(reader: &Reader, entries: &[Logged]) -> Result<HashMap<i64, DocKey>> {
    let matches: Vec<Logged> = entries.iter().filter(|entry| matched::is_match(entry)).cloned().collect();
    if matches.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(matched::subjects(reader, &matches).await?.into_iter().collect())
}

/// The delivery an entry makes: of a match, about what was found.
fn of_entry(hook: &Hook, entry: &Logged, found: &HashMap<i64, DocKey>) -> Option<Told> {
    let about = DocKey { kind: entry.kind.clone(), id: entry.subject };
    let about = if hook.saved_search.is_some() && matched::is_match(entry) { found.get(&entry.seq)?.clone() } else { about };
    Some(Told { webhook: hook.id, entry: entry.clone(), kind: about.kind, subject: about.id })
}
