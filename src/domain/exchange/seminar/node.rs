//! A seminar.
use async_graphql::{Context, Object, Result};

use super::{
    registration::{self, SeminarAttendance, SeminarRegistration, Stand},
    row::{self, Format, State},
};
use crate::{
    access::{Act, rule},
    base::Kind,
    domain::{VisibleNode, city::City, entry_of, organisation::Organisation, programme::Programme},
    kernel::{Living, prelude::node::*},
    relay::{Connection, DateTime, PageArgs},
};

node!(
    /// A scheduled exchange: a seminar, training, visit or other meeting.
    Seminar = "seminar", Texts, ViewerCan;
    says &[
        ("version", "Counts the saves; give it to `expectedVersion`. Registrations are no saves."),
        ("updatedAt", "When it changed last; registrations are no changes."),
    ]; {
        /// What sort of exchange it is.
        "kind": Format = |row| row.seminar_kind,
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// When it starts.
        "startsAt": DateTime = |row| DateTime(row.starts_at),
        /// When it ends; null where not known.
        "endsAt": Option<DateTime> = |row| row.ends_at.map(DateTime),
        /// The time zone of the place, by its IANA name: `Europe/Lisbon`.
        "timeZone": &str = |row| &row.time_zone,
        /// Where people meet; null where they meet over the network alone or it is not known yet.
        "place": Option<&str> = |row| row.place.as_deref(),
        /// Where people meet over the network.
        "link": Option<&str> = |row| row.link.as_deref(),
        /// Places in all; null where there is no limit.
        "capacity": Option<i64> = |row| row.capacity,
        /// Places taken.
        "registered": i64 = |row| row.registered,
        /// Who waits for a place.
        "waiting": i64 = |row| row.waiting,
        /// Places that are free; null where there is no limit.
        "placesLeft": Option<i64> = |row| row.places_left(),
        /// When registration closes; null where it closes with the start.
        "registrationClosesAt": Option<DateTime> = |row| row.registration_closes_at.map(DateTime),
        /// Why it was cancelled; null unless it was, and where an imported source tells none.
        "cancelledReason": Option<&str> = |row| row.cancelled_reason.as_deref(),
    }
);

impl Seminar {
    /// The registrations in one state, for those who may see the list.
    async fn registrations(&self, ctx: &Context<'_>, state: Stand, page: &PageArgs) -> Result<Option<Connection<SeminarRegistration>>> {
        if !rule::may(&ctx.viewer(), Act::Write, &self.0.owners()) {
            return Ok(None);
        }
        Ok(Some(registration::list(ctx, self.0.id, state, page).await?))
    }
}

/// A scheduled exchange: a seminar, training, visit or other meeting.
#[Object]
impl Seminar {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Whether one can register now, as long as places are left: it is scheduled and registration has not closed.
    async fn is_registration_open(&self, ctx: &Context<'_>) -> bool {
        self.0.takes_registrations(ctx.now())
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
        self.registrations(ctx, Stand::Registered, &PageArgs::new(first, after, last, before)).await
    }

    /// Who waits for a place, the next to get one first. For those who see the participants; null for others.
    async fn waiting_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<SeminarRegistration>>> {
        self.registrations(ctx, Stand::Waiting, &PageArgs::new(first, after, last, before)).await
    }

    /// Who came, in numbers; null before it began.
    async fn attendance(&self, ctx: &Context<'_>) -> Result<Option<SeminarAttendance>> {
        if !self.0.has_begun(ctx.now()) {
            return Ok(None);
        }
        Ok(Some(registration::attendance(ctx, &self.0).await?))
    }

    /// Who holds it: a city, an organisation, or else its programme; null where the viewer may not see them.
    async fn holder(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        let row = &self.0;
        let (kind, id) = match (row.host, row.organisation, row.programme) {
            (Some(city), _, _) => (City::NAME, city.uuid()),
            (None, Some(organisation), _) => (Organisation::NAME, organisation.uuid()),
            (None, None, Some(programme)) => (Programme::NAME, programme.uuid()),
            (None, None, None) => return Ok(None),
        };
        match entry_of(kind) {
            Some(entry) => Ok(entry.node(ctx.scope(), id).await?.map(VisibleNode)),
            None => Ok(None),
        }
    }

    /// The viewer's own place, taken or waited for; null where they have none.
    async fn viewer_registration(&self, ctx: &Context<'_>) -> Result<Option<Object<SeminarRegistration>>> {
        Ok(registration::own(ctx, self.0.id).await?)
    }
}
