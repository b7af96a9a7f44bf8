//! What a person follows, and what they are told of it.
use async_graphql::{Context, Object, Result};
use uuid::Uuid;

use super::{events::LogPage, search::load};
use crate::{
    access::{Audience, Scope},
    domain::{VisibleNode, following},
    relay::{Object, Position, context::Asking},
    search::DocKey,
    store::{Reader, log::Wanted},
};

/// What a person is told of.
#[derive(Clone)]
pub struct Notifications {
    person: Uuid,
    wanted: Wanted,
}

impl Notifications {
    /// Those of the reader's viewer.
    pub(super) async fn of(reader: &Reader) -> crate::base::Result<Self> {
        let person = reader.viewer().account()?;
        Ok(Self { person, wanted: following::wanted(reader, person).await? })
    }

    /// What a device waits for: the notifications themselves, and what the person does on another.
    pub(super) fn wanted_live(&self) -> Wanted {
        Wanted { marks_of: Some(Audience::of(Scope::Person, self.person)), ..self.wanted.clone() }
    }
}

/// What a person is told of: events about what they follow, matches of their saved searches, and what is told to them alone (a place at a seminar, what another city made of a practice of theirs), as far as they may see them and did not cause
/// them themselves. What happened before the person first followed something counts as read.
#[Object]
impl Notifications {
    /// How many were not read yet.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<u64> {
        let upto = following::read_upto(ctx.reader(), self.person).await?;
        Ok(ctx.reader().log_count_after(&self.wanted, upto).await?)
    }

    /// Up to where they were read.
    async fn read_upto(&self, ctx: &Context<'_>) -> Result<Position> {
        Ok(Position(following::read_upto(ctx.reader(), self.person).await?))
    }

    /// The notifications, oldest first; `last` gives the newest.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<LogPage> {
        Ok(LogPage::read(ctx.reader(), self.wanted.clone(), first, after.as_deref(), last, before.as_deref()).await?)
    }
}

/// The follows' part of the query root.
#[derive(Default)]
pub struct NotificationQuery;

#[Object]
impl NotificationQuery {
    /// What the viewer follows, the last followed first; what they may no longer see is left out. Empty for the public.
    async fn follows(&self, ctx: &Context<'_>) -> Result<Vec<VisibleNode>> {
        let person = ctx.viewer().person.unwrap_or_default();
        let followed = following::of_person(ctx.reader(), person).await?;
        let keys: Vec<DocKey> = followed.into_iter().map(|followed| DocKey { kind: followed.kind, id: followed.id }).collect();
        let nodes = futures_util::future::try_join_all(keys.iter().map(|key| load(ctx, key))).await?;
        Ok(nodes.into_iter().flatten().collect())
    }

    /// What the viewer is told of. For everyone with an account.
    async fn notifications(&self, ctx: &Context<'_>) -> Result<Object<Notifications>> {
        Ok(Object(Notifications::of(ctx.reader()).await?))
    }
}
