//! What programmes are related to.
use super::{Programme, Row, row::THEMES};
use crate::{
    domain::{
        announcement::Announcement,
        application::Application,
        assessment::Assessment,
        assignment::Assignment,
        call::Call,
        city::{self, City},
        contact_point::ContactPoint,
        document::Document,
        faq::Faq,
        involvement::Involvement,
        obligation::Obligation,
        organisation::Organisation,
        pairing::Pairing,
        practice::Practice,
        seminar::Seminar,
        theme::Theme,
    },
    kernel::prelude::relations::*,
};

static THEMES_OF: Relation<Row> = many::<Row, Theme>("themes", "The themes it works on.", &THEMES).indexed();
static CALLS: Relation<Row> = list::<Row, Call>("calls", "Its calls, each with its own rules.", Parent::Column("programme"));
static PAIRINGS: Relation<Row> = list::<Row, Pairing>("pairings", "The pairings it brought together.", Parent::Column("programme"));
static CITIES: Relation<Row> = list::<Row, City>("cities", "The cities that take part.", Parent::Left(&city::PROGRAMMES));
static ANNOUNCEMENTS: Relation<Row> = list::<Row, Announcement>("announcements", "Its news.", Parent::Column("programme"));
static FAQS: Relation<Row> =
    list::<Row, Faq>("faqs", "The questions it is asked again and again, with their answers.", Parent::Column("programme"));
static CONTACT_POINTS: Relation<Row> = list::<Row, ContactPoint>("contact_points", "Where people turn to.", Parent::Column("programme"));
static PRACTICES: Relation<Row> =
    list::<Row, Practice>("practices", "The practices of the cities that take part.", Parent::Through("city", &city::PROGRAMMES));
static SEMINARS: Relation<Row> = list::<Row, Seminar>("seminars", "The seminars it holds.", Parent::Column("programme"));
static DOCUMENTS: Relation<Row> = list::<Row, Document>("documents", "The documents about it.", Parent::Column("about"));
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "The organisations that take part.", Parent::Column("about"));
static ORGANISATIONS: Relation<Row> =
    list::<Row, Organisation>("organisations", "The organisations that its officers keep.", Parent::Column("programme"));
static OBLIGATIONS: Relation<Row> =
    list::<Row, Obligation>("obligations", "What its pairings owe, as far as the viewer may see it.", Parent::Column("programme"));
static APPLICATIONS: Relation<Row> = list::<Row, Application>(
    "applications",
    "The applications to its calls, as far as the viewer may see them.",
    Parent::Column("programme"),
);

static REVIEWED: Relation<Row> = list::<Row, Practice>(
    "reviewed_practices",
    "The practices that were handed in to it for review, as far as the viewer may see them; `inReview` asks for those that wait.",
    Parent::Column("review_programme"),
);
static ASSESSMENTS: Relation<Row> = list::<Row, Assessment>(
    "assessments",
    "The assessments of the applications to its calls, for its officers alone.",
    Parent::Column("programme"),
);
static ASSIGNMENTS: Relation<Row> = list::<Row, Assignment>(
    "assignments",
    "The assignments of the applications to its calls, for its officers alone.",
    Parent::Column("programme"),
);

impl Relates for Programme {
    const RELATIONS: &'static [&'static Relation<Row>] = &[
        &THEMES_OF,
        &CALLS,
        &PAIRINGS,
        &CITIES,
        &PRACTICES,
        &ANNOUNCEMENTS,
        &FAQS,
        &CONTACT_POINTS,
        &SEMINARS,
        &DOCUMENTS,
        &INVOLVEMENTS,
        &ORGANISATIONS,
        &APPLICATIONS,
        &REVIEWED,
        &ASSESSMENTS,
        &ASSIGNMENTS,
        &OBLIGATIONS,
    ];
}
