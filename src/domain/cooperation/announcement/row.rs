//! The table of announcements.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Announcement;
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::row::*,
    store::Json,
};

/// Announcement ↔ cities it makes a claim about.
pub static CITIES: Join = Join { table: "announcement_city", left: "announcement", right: "city" };

column_enum!(
    /// Where an announcement is in its life.
    State as "AnnouncementState" in "snake_case" {
        /// As it was published.
        Published,
        /// Its text or its claims were corrected since.
        Corrected,
    }
);

/// Something an announcement says of a city on a day: a dated claim, not a property of the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub city: Id<City>,
    pub claim: String,
    pub verbatim: Option<String>,
    pub said_on: Option<Date>,
}

table!(
    /// A row of announcements.
    "announcement" of Announcement {
        pub programme: Id<Programme>,
        /// Of the original text.
        pub title: String,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
        pub published_on: Json<Date>,
        /// The start of that day, for order.
        pub published_at: Moment,
        pub state: State,
        pub source: Option<String>,
        pub claims: Json<Vec<Claim>>,
    }
);

/// The cities that claims are about, each once.
pub(super) fn cities(claims: &[Claim]) -> Vec<Uuid> {
    let mut cities: Vec<_> = claims.iter().map(|claim| claim.city.uuid()).collect();
    cities.sort_unstable();
    cities.dedup();
    cities
}
