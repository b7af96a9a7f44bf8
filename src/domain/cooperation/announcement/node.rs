//! An announcement.
use async_graphql::{Context, ID, Object, Result};

use super::{
    earlier::{Earlier, EarlierAnnouncementText},
    row::{self, State},
};
use crate::{
    base::{Id, Result as Done},
    domain::city::City,
    kernel::prelude::node::*,
};

node!(
    /// Dated news of a programme.
    Announcement = "announcement", Texts, ViewerCan; {
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

    /// Whether it says that the city is new to the programme: `CityFilter.newSince` finds those.
    async fn is_new(&self) -> bool {
        self.0.is_new
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

/// What an announcement says of a city that it calls new; none where it does not, or is not known.
pub async fn new_claim(ctx: &Context<'_>, announcement: &ID, city: Id<City>) -> Done<Option<Object<Claim>>> {
    let announcement = ctx.load(Id::<Announcement>::parse(announcement, "announcement")?).await?;
    let claim = announcement.and_then(|told| told.0.0.claims.iter().find(|claim| claim.is_new && claim.city == city).cloned());
    Ok(claim.map(Claim).map(Object))
}

/// Dated news of a programme.
#[Object]
impl Announcement {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// What it said before it was corrected, the latest first; its translations are not told.
    async fn earlier_texts(&self, ctx: &Context<'_>) -> Result<Vec<EarlierAnnouncementText>> {
        let key = (self.0.id.uuid(), self.0.language.clone());
        Ok(ctx.scope().loaders.load((), key, || Ok(Earlier)).await?.unwrap_or_default())
    }
}
