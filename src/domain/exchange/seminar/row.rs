//! The table of seminars.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Seminar;
use crate::{
    access::Owners,
    domain::{city::City, organisation::Organisation, pairing::Pairing, person::Person, programme::Programme},
    kernel::prelude::row::*,
    store::Json,
};

/// Seminar ↔ cities that take part.
pub static CITIES: Join = Join { table: "seminar_city", left: "seminar", right: "city" };
/// Seminar ↔ practices presented there.
pub static PRACTICES: Join = Join { table: "seminar_practice", left: "seminar", right: "practice" };
/// Seminar ↔ goals it serves.
pub static GOALS: Join = Join { table: "seminar_goal", left: "seminar", right: "goal" };
/// Seminar ↔ themes.
pub static THEMES: Join = Join { table: "seminar_theme", left: "seminar", right: "theme" };

column_enum!(
    /// What sort of exchange it is.
    Format as "SeminarKind" in "SCREAMING_SNAKE_CASE" {
        /// A seminar on a subject.
        Seminar,
        /// People learn to do something.
        Training,
        /// Experts of the cities learn from each other, often for days.
        LearningExchange,
        /// Staff of one city work in another.
        StaffExchange,
        /// A seminar over the network.
        Webinar,
        /// A visit to see something done.
        StudyVisit,
        /// Many cities meet.
        Conference,
        /// Peers look at what a city does, and tell it what they would do.
        PeerReview,
        /// Cities look for partners.
        Matchmaking,
    }
);

column_enum!(
    /// Where a seminar is in its life.
    State as "SeminarState" in "snake_case" {
        /// Suggested, without a promise.
        Proposed,
        /// Will take place.
        Scheduled,
        /// Will not take place; the reason is told.
        Cancelled,
        /// Took place.
        Held,
        /// Took place, and its documents are there.
        Documented,
    }
);

table!(
    /// A row of seminars.
    "seminar" of Seminar {
        pub seminar_kind: Format,
        /// Of the original text, as is the description.
        pub title: String,
        /// The title folded, for order and look-ups.
        pub folded: String,
        /// Empty where there is none.
        pub description: String,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
        /// None where an organisation holds it, or else the programme.
        pub host: Option<Id<City>>,
        pub organisation: Option<Id<Organisation>>,
        /// Whose that organisation is.
        pub organisation_owners: Json<Owners>,
        pub proposed_by: Option<Id<Person>>,
        pub programme: Option<Id<Programme>>,
        pub pairing: Option<Id<Pairing>>,
        pub starts_at: Moment,
        pub ends_at: Option<Moment>,
        /// IANA name, such as `Europe/Lisbon`.
        pub time_zone: String,
        pub place: Option<String>,
        pub link: Option<String>,
        /// Places in all; none where there is no limit.
        pub capacity: Option<i64>,
        /// Places taken. Only counted, never saved.
        pub registered: i64,
        /// Who waits for a place. Only counted, never saved.
        pub waiting: i64,
        /// Who came without a place.
        pub walk_ins: Option<i64>,
        pub registration_closes_at: Option<Moment>,
        pub state: State,
        pub cancelled_reason: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived from the title.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        self
    }

    /// Places that are left; none where there is no limit.
    pub(super) fn places_left(&self) -> Option<i64> {
        self.capacity.map(|capacity| (capacity - self.registered).max(0))
    }

    /// Whether it is over or under way.
    pub(super) fn has_begun(&self, now: Moment) -> bool {
        self.starts_at <= now
    }

    /// When registration ends: at its own time, else when the seminar starts.
    pub(super) fn closes_at(&self) -> Moment {
        self.registration_closes_at.unwrap_or(self.starts_at)
    }

    /// Whether state and time allow to register; places are asked separately.
    pub(super) fn takes_registrations(&self, now: Moment) -> bool {
        self.state == State::Scheduled && now < self.closes_at()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A seminar to vary.
    pub fn row() -> Model {
        Model {
            id: Id::new(Uuid::from_u128(1)),
            slug: "walk".into(),
            version: 1,
            audience: Audience::public(),
            created_at: Moment(0),
            updated_at: Moment(0),
            seminar_kind: Format::StudyVisit,
            title: "Walk".into(),
            folded: "walk".into(),
            description: String::new(),
            language: Language::parse("en").unwrap(),
            languages: Json(Vec::new()),
            text_version: 1,
            host: Some(Id::new(Uuid::from_u128(2))),
            organisation: None,
            organisation_owners: Json(Owners::default()),
            proposed_by: None,
            programme: None,
            pairing: None,
            starts_at: Moment(1_000),
            ends_at: None,
            time_zone: "Europe/Lisbon".into(),
            place: None,
            link: None,
            capacity: Some(2),
            registered: 0,
            waiting: 0,
            walk_ins: None,
            registration_closes_at: None,
            state: State::Scheduled,
            cancelled_reason: None,
        }
    }

    #[test]
    fn registration_ends_at_its_own_time_else_at_the_start() {
        let mut seminar = row();
        assert!(seminar.takes_registrations(Moment(999)));
        assert!(!seminar.takes_registrations(Moment(1_000)));
        seminar.registration_closes_at = Some(Moment(500));
        assert!(!seminar.takes_registrations(Moment(500)));
        seminar.state = State::Cancelled;
        assert!(!seminar.takes_registrations(Moment(0)));
    }

    #[test]
    fn places_left_are_never_negative_and_unknown_without_a_limit() {
        let mut seminar = row();
        seminar.registered = 5;
        assert_eq!(seminar.places_left(), Some(0));
        seminar.capacity = None;
        assert_eq!(seminar.places_left(), None);
    }
}
