//! An announcement.
use async_graphql::{Context, Object, Result};

use super::row::{self, State};
use crate::{
    domain::city::City,
    kernel::{Common, NodeFields, text::Texts},
    node,
    relay::{DateValue, Object, context::Asking},
};

node!(
    /// Dated news of a programme.
    Announcement = "announcement"
);

impl Common for Announcement {}

/// Something an announcement says of a city on a day.
pub struct Claim(row::Claim);

/// Something an announcement says of a city on a day: a dated claim, not a property of the city.
#[Object(name = "AnnouncementClaim")]
impl Claim {
    /// The city it is about; null where the viewer may not see it.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        Ok(ctx.load(self.0.city).await?)
    }

    /// What is said: “new city”.
    async fn claim(&self) -> &str {
        &self.0.claim
    }

    /// The announcement's own words.
    async fn verbatim(&self) -> Option<&str> {
        self.0.verbatim.as_deref()
    }

    /// The day it was said; null where not known.
    async fn said_on(&self) -> Option<DateValue> {
        self.0.said_on.map(DateValue)
    }
}

/// Dated news of a programme.
#[Object]
impl Announcement {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn texts(&self) -> Texts<'_, Self> {
        Texts(self)
    }

    /// Where it is in its life.
    async fn state(&self) -> State {
        self.0.state
    }

    /// The day it was published.
    async fn published_on(&self) -> DateValue {
        DateValue(self.0.published_on.0)
    }

    /// Where it was published.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// What it says of cities.
    async fn claims(&self) -> Vec<Object<Claim>> {
        self.0.claims.iter().cloned().map(Claim).map(Object).collect()
    }
}
