//! What the follower notes: what is to be sent, how sending it went, and that a webhook ended.
//!
//! Noting what an entry means for all webhooks and moving the follower's place is one transaction, so no event is forgotten or noted
//! twice, whoever dies when. Sending is at least once: what was sent and not noted is sent again under the same name.
use std::collections::BTreeSet;

use sea_orm::{Condition, QueryFilter, QueryOrder, entity::prelude::*, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::{
    Webhook,
    delivery::{Column, Entity, Model, State},
    row::{self, Reason},
};
use crate::{
    base::{Id, Moment, Result},
    store::{Command, Logged, Reader, Tx},
};

/// The follower's name.
pub const NAME: &str = "webhooks";
/// How long what was delivered, and what could not be delivered, is told, in days.
const DELIVERED_DAYS: i64 = 7;
const DEAD_DAYS: i64 = 30;

/// A replay that is under way: what lies behind `after`, up to `upto`.
pub mod replay {
    use super::*;

    /// A row of replays, one a webhook.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "webhook_replay")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub webhook: Id<Webhook>,
        pub after: i64,
        pub upto: i64,
    }

    /// Replays hang on their webhook.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The replays under way.
pub async fn replays(reader: &Reader) -> Result<Vec<replay::Model>> {
    reader.all(reader.parts::<replay::Entity>()).await
}

/// Up to where the log was looked through; none before the first time.
pub async fn cursor(reader: &Reader) -> Result<Option<i64>> {
    reader.follower(NAME).await
}

/// An entry that a webhook tells.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which webhook.
    pub webhook: Id<Webhook>,
    /// The entry.
    pub entry: Logged,
    /// What it is about: the entry's subject, or what a match found.
    pub kind: String,
    /// Which one.
    pub subject: Uuid,
}

/// Notes what is to be sent and moves the place on, both or neither.
#[derive(Debug)]
pub struct Spread {
    /// What is to be sent, in the order of the log.
    pub told: Vec<Told>,
    /// Where the place must be: another hub may have been quicker.
    pub from: Option<i64>,
    /// Where it is then.
    pub to: i64,
}

impl Command for Spread {
    /// Whether the place was where it had to be.
    type Output = bool;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !tx.follow(NAME, self.from, self.to).await? {
            return Ok(false);
        }
        enqueue(tx, &self.told).await?;
        Ok(true)
    }
}

/// Notes a page of a replay: what was noted before is noted anew.
#[derive(Debug)]
pub struct Replay {
    /// Which one, as it was when the page was read.
    pub replay: replay::Model,
    /// What is to be sent, in the order of the log.
    pub told: Vec<Told>,
    /// Up to where the log was read; none where it was read to the end.
    pub to: Option<i64>,
}

impl Command for Replay {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        use replay::Column as Of;
        let same = Condition::all()
            .add(Of::Webhook.eq(self.replay.webhook))
            .add(Of::After.eq(self.replay.after))
            .add(Of::Upto.eq(self.replay.upto));
        // Begun anew from elsewhere, or its webhook was deleted: whoever comes next reads it as it is.
        if tx.mark::<replay::Entity>(same, vec![(Of::After, self.to.unwrap_or(self.replay.upto).into())]).await? == 0 {
            return Ok(());
        }
        if self.to.is_none() {
            tx.discard::<replay::Entity>(Condition::all().add(Of::Webhook.eq(self.replay.webhook))).await?;
        }
        let seqs = self.told.iter().map(|told| told.entry.seq);
        tx.discard::<Entity>(Condition::all().add(Column::Webhook.eq(self.replay.webhook)).add(Column::Seq.is_in(seqs))).await?;
        enqueue(tx, &self.told).await
    }
}

/// Notes deliveries: of each subject the first may be sent, the others are held behind it.
async fn enqueue(tx: &mut Tx<'_>, told: &[Told]) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let hooks: BTreeSet<Uuid> = told.iter().map(|told| told.webhook.uuid()).collect();
    let subjects: BTreeSet<Uuid> = told.iter().map(|told| told.subject).collect();
    let known: BTreeSet<Uuid> = tx
        .all(tx.rows::<row::Entity>().filter(row::Column::Id.is_in(hooks.iter().copied())))
        .await?
        .into_iter()
        .map(|row| row.id.uuid())
        .collect();
    let open = tx.every::<Entity>().filter(Column::Webhook.is_in(hooks)).filter(Column::Subject.is_in(subjects));
    let open = tx.all(open.filter(Column::State.is_in([State::Waiting, State::Held]))).await?;
    let mut open: BTreeSet<(Uuid, Uuid)> = open.into_iter().map(|row| (row.webhook.uuid(), row.subject)).collect();
    // A webhook that was deleted meanwhile sends nothing.
    for told in told.iter().filter(|told| known.contains(&told.webhook.uuid())) {
        let is_first = open.insert((told.webhook.uuid(), told.subject));
        tx.derived(Model {
            id: tx.id(),
            webhook: told.webhook,
            seq: told.entry.seq,
            event: told.entry.event.clone(),
            subject: told.subject,
            kind: told.kind.clone(),
            at: told.entry.at,
            state: if is_first { State::Waiting } else { State::Held },
            attempts: 0,
            next_at: tx.now(),
            last_at: None,
            status: None,
            error: None,
        });
    }
    Ok(())
}

/// Notes how an attempt went.
#[derive(Debug)]
pub struct Finish {
    /// What was tried, as it was before.
    pub delivery: Model,
    /// How far it is now.
    pub state: State,
    /// When it is tried again.
    pub next_at: Moment,
    /// What the receiver answered.
    pub status: Option<u16>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Command for Finish {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        // Noted anew by a replay meanwhile: what came of the old one says nothing of the new one.
        let same = Condition::all()
            .add(Column::Id.eq(self.delivery.id))
            .add(Column::State.eq(State::Waiting))
            .add(Column::Attempts.eq(self.delivery.attempts));
        let values = vec![
            (Column::State, self.state.into_value().into()),
            (Column::Attempts, (self.delivery.attempts + 1).into()),
            (Column::NextAt, self.next_at.0.into()),
            (Column::LastAt, tx.now().0.into()),
            (Column::Status, self.status.map(i64::from).into()),
            (Column::Error, self.error.clone().into()),
        ];
        if tx.mark::<Entity>(same, values).await? == 1 && self.state != State::Waiting {
            release(tx, self.delivery.webhook, self.delivery.subject).await?;
        }
        Ok(())
    }
}

/// Lets the next one about a thing go, when the one before it is through.
async fn release(tx: &mut Tx<'_>, webhook: Id<Webhook>, subject: Uuid) -> Result<()> {
    let open = tx.every::<Entity>().filter(Column::Webhook.eq(webhook)).filter(Column::Subject.eq(subject));
    let open = open.filter(Column::State.is_in([State::Waiting, State::Held])).order_by_asc(Column::Seq);
    if let Some(next) = tx.first(open).await?.filter(|next| next.state == State::Held) {
        let values = vec![(Column::State, State::Waiting.into_value().into()), (Column::NextAt, tx.now().0.into())];
        tx.mark::<Entity>(Condition::all().add(Column::Id.eq(next.id)), values).await?;
    }
    Ok(())
}

/// Lets go what is held behind nothing. A hub never lets that come to be (`follow/webhooks` keeps noting and finishing apart), but two may stand in
/// each other's way for a moment when the turn passes from one to the other.
#[derive(Debug)]
pub struct Mend;

impl Command for Mend {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let is_behind_nothing = Expr::cust(
            "NOT EXISTS (SELECT 1 FROM webhook_delivery AS earlier WHERE earlier.webhook = webhook_delivery.webhook \
             AND earlier.subject = webhook_delivery.subject AND earlier.state IN ('waiting', 'held') AND earlier.seq < webhook_delivery.seq)",
        );
        let values = vec![(Column::State, State::Waiting.into_value().into()), (Column::NextAt, tx.now().0.into())];
        tx.mark::<Entity>(Condition::all().add(Column::State.eq(State::Held)).add(is_behind_nothing), values).await?;
        Ok(())
    }
}

/// Ends a webhook for a reason.
#[derive(Debug)]
pub struct End {
    /// Which one.
    pub webhook: Id<Webhook>,
    /// Why.
    pub reason: Reason,
}

impl Command for End {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let found = tx.rows::<row::Entity>().filter(row::Column::Id.eq(self.webhook)).filter(row::Column::State.eq(row::State::Active));
        if let Some(before) = tx.first(found).await? {
            let after = row::Model { state: row::State::Ended, ended_reason: Some(self.reason), ..before.clone() };
            tx.change(&before, after, &[]).await?;
        }
        Ok(())
    }
}

/// Takes away what need no longer be told.
#[derive(Debug)]
pub struct Sweep;

impl Command for Sweep {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        for (states, days) in [(vec![State::Delivered, State::Hidden], DELIVERED_DAYS), (vec![State::Dead], DEAD_DAYS)] {
            let before = tx.now().0 - days * Moment::DAY;
            tx.discard::<Entity>(Condition::all().add(Column::State.is_in(states)).add(Column::LastAt.lt(before))).await?;
        }
        Ok(())
    }
}

/// Tries dead letters again.
pub(super) async fn revive(tx: &mut Tx<'_>, webhook: Id<Webhook>, only: Option<&[Uuid]>) -> Result<u64> {
    let mut dead = Condition::all().add(Column::Webhook.eq(webhook)).add(Column::State.eq(State::Dead));
    if let Some(only) = only {
        dead = dead.add(Column::Id.is_in(only.iter().copied()));
    }
    let values =
        vec![(Column::State, State::Waiting.into_value().into()), (Column::Attempts, 0_i64.into()), (Column::NextAt, tx.now().0.into())];
    tx.mark::<Entity>(dead, values).await
}

/// Begins a replay, in place of one that may be under way.
pub(super) async fn begin_replay(tx: &mut Tx<'_>, webhook: Id<Webhook>, after: i64) -> Result<()> {
    tx.discard::<replay::Entity>(Condition::all().add(replay::Column::Webhook.eq(webhook))).await?;
    let upto = tx.log_head().await?;
    tx.derived(replay::Model { webhook, after, upto });
    Ok(())
}
