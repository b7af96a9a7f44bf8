//! An announcement.
use async_graphql::{Context, Object, Result};

use super::row::{self, State};
use crate::{
    domain::city::City,
    node, node_object,
    relay::{DateValue, Object, context::Asking},
};

node!(
    /// Dated news of a programme.
    Announcement = "announcement", Texts; {
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// The day it was published.
        "publishedOn": DateValue = |row| DateValue(row.published_on.0),
        /// Where it was published.
        "source": Option<&str> = |row| row.source.as_deref(),
        /// What it says of cities.
        "claims": Vec<Object<Claim>> = |row| row.claims.iter().cloned().map(Claim).map(Object).collect(),
    }
);

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

node_object!(
    /// Dated news of a programme.
    Announcement
);
