//! A seminar.
use async_graphql::{Context, Object, Result};

use super::{
    registration::{self, SeminarRegistration},
    row::{self, Format, State},
};
use crate::{
    access::{Act, rule},
    kernel::{Common, Living, NodeFields, ViewerCan, text::Texts},
    node,
    relay::{Connection, DateTime, Object, PageArgs, context::Asking},
};

node!(
    /// A scheduled exchange: a seminar, training, visit or other meeting.
    Seminar = "seminar"
);

impl Common for Seminar {
    const SAID: &'static [(&'static str, &'static str)] = &[
        ("version", "Counts the saves; give it to `expectedVersion`. Registrations are no saves."),
        ("updatedAt", "When it changed last; registrations are no changes."),
    ];
}

/// A scheduled exchange: a seminar, training, visit or other meeting.
#[Object]
impl Seminar {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn texts(&self) -> Texts<'_, Self> {
        Texts(self)
    }

    #[graphql(flatten)]
    async fn viewer_can(&self) -> ViewerCan<'_, Self> {
        ViewerCan(self)
    }

    /// What sort of exchange it is.
    async fn kind(&self) -> Format {
        self.0.seminar_kind
    }

    /// Where it is in its life.
    async fn state(&self) -> State {
        self.0.state
    }

    /// When it starts.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// When it ends; null where not known.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }

    /// The time zone of the place, by its IANA name: `Europe/Lisbon`.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// Where people meet; null where they meet over the network alone or it is not known yet.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Where people meet over the network.
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// Places in all; null where there is no limit.
    async fn capacity(&self) -> Option<i64> {
        self.0.capacity
    }

    /// Places taken.
    async fn registered(&self) -> i64 {
        self.0.registered
    }

    /// Places that are free; null where there is no limit.
    async fn places_left(&self) -> Option<i64> {
        self.0.places_left()
    }

    /// When registration closes; null where it closes with the start.
    async fn registration_closes_at(&self) -> Option<DateTime> {
        self.0.registration_closes_at.map(DateTime)
    }

    /// Whether one can register now, as long as places are left: it is scheduled and registration has not closed.
    async fn is_registration_open(&self, ctx: &Context<'_>) -> bool {
        self.0.takes_registrations(ctx.now())
    }

    /// Why it was cancelled; null unless it was, and where an imported source tells none.
    async fn cancelled_reason(&self) -> Option<&str> {
        self.0.cancelled_reason.as_deref()
    }

    /// Who has a place, the first to register first. For the host's representatives, officers of its programme and administrators; null for others.
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<SeminarRegistration>>> {
        if !rule::may(&ctx.viewer(), Act::Write, &self.0.owners()) {
            return Ok(None);
        }
        Ok(Some(registration::list(ctx, self.0.id, &PageArgs::new(first, after, last, before)).await?))
    }

    /// The viewer's own place; null where they have none.
    async fn viewer_registration(&self, ctx: &Context<'_>) -> Result<Option<Object<SeminarRegistration>>> {
        Ok(registration::own(ctx, self.0.id).await?)
    }
}
