//! The table of announcements.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Announcement;
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::row::*,
    store::{Json, Links},
};

/// Announcement ↔ cities it makes a claim about.
pub static CITIES: Join = Join { table: "announcement_city", left: "announcement", right: "city" };
/// Announcement ↔ cities it calls new.
pub(super) static NEW_CITIES: Join = Join { table: "announcement_new_city", left: "announcement", right: "city" };

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
    /// Whether it says that the city is new to the programme.
    #[serde(default)]
    pub is_new: bool,
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

/// The cities that claims are about, and those they call new, each once.
pub(super) fn links(claims: &[Claim]) -> [Links; 2] {
    let linked = |join, claims: Vec<&Claim>| {
        let mut to: Vec<_> = claims.into_iter().map(|claim| claim.city.uuid()).collect();
        to.sort_unstable();
        to.dedup();
        Links { join, to }
    };
    [linked(&CITIES, claims.iter().collect()), linked(&NEW_CITIES, claims.iter().filter(|claim| claim.is_new).collect())]
}
