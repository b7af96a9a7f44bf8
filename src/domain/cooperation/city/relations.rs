//! What cities are related to.
use super::{
    City, Row,
    row::{PROGRAMMES, THEMES},
};
use crate::{
    domain::{
        adoption::Adoption,
        announcement::{self, Announcement},
        application::Application,
        building_block::BuildingBlock,
        document::Document,
        interest::Interest,
        involvement::Involvement,
        obligation::{self, Obligation},
        organisation::Organisation,
        pairing::{self, Pairing},
        practice::Practice,
        programme::Programme,
        seminar::{self, Seminar},
        theme::Theme,
    },
    kernel::prelude::relations::*,
};

static THEMES_OF: Relation<Row> = many::<Row, Theme>("themes", "The themes it works on.", &THEMES).tagged().indexed();
static PROGRAMMES_OF: Relation<Row> =
    many::<Row, Programme>("programmes", "The programmes it takes part in.", &PROGRAMMES).tagged().indexed();
static PRACTICES: Relation<Row> = list::<Row, Practice>("practices", "The practices it shares.", Parent::Column("city"));
static BUILDING_BLOCKS: Relation<Row> =
    list::<Row, BuildingBlock>("building_blocks", "The building blocks of the practices it shares.", Parent::Column("city"));
static DOCUMENTS: Relation<Row> = list::<Row, Document>("documents", "The documents about it.", Parent::Column("about"));
static ANNOUNCEMENTS: Relation<Row> =
    list::<Row, Announcement>("announcements", "The announcements that say something of it.", Parent::Left(&announcement::CITIES));
static PAIRINGS: Relation<Row> = list::<Row, Pairing>("pairings", "The pairings it is a city of.", Parent::Left(&pairing::CITIES));
static SEMINARS: Relation<Row> = list::<Row, Seminar>("seminars", "The seminars it takes part in.", Parent::Left(&seminar::CITIES));
static SEMINARS_HOSTED: Relation<Row> = list::<Row, Seminar>("seminars_hosted", "The seminars it holds.", Parent::Column("host"));
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "The organisations that take part.", Parent::Column("about"));
static ORGANISATIONS: Relation<Row> =
    list::<Row, Organisation>("organisations", "The organisations that are in it.", Parent::Column("city"));
static OBLIGATIONS: Relation<Row> = list::<Row, Obligation>(
    "obligations",
    "What it owes, as far as the viewer may see it: that of the pairings it is a member of now, and of signatures its own.",
    Parent::Left(&obligation::CITIES),
);
static APPLICATIONS: Relation<Row> = list::<Row, Application>(
    "applications",
    "Its applications to calls, as far as the viewer may see them: its own people all, officers those handed in to them.",
    Parent::Column("city"),
);
static INTERESTS: Relation<Row> = list::<Row, Interest>(
    "interests",
    "Its interest in being a partner in practices of other cities, as far as the viewer may see it: its own people all, other cities what is for them.",
    Parent::Column("city"),
);
static INTERESTS_RECEIVED: Relation<Row> = list::<Row, Interest>(
    "interests_received",
    "The interest of other cities in being partners in its practices, as far as the viewer may see it: its own people all, other cities their own.",
    Parent::Column("owner"),
);
static ADOPTIONS: Relation<Row> = list::<Row, Adoption>(
    "adoptions",
    "What it made of practices of other cities, as far as the viewer may see it: its own people all, the city that gave a practice what is of that.",
    Parent::Column("city"),
);
static ADOPTIONS_BY_OTHERS: Relation<Row> = list::<Row, Adoption>(
    "adoptions_by_others",
    "What other cities made of its practices, as far as the viewer may see it: its own people all, each of the others its own.",
    Parent::Column("owner"),
);

impl Relates for City {
    const RELATIONS: &'static [&'static Relation<Row>] = &[
        &THEMES_OF,
        &PROGRAMMES_OF,
        &PRACTICES,
        &BUILDING_BLOCKS,
        &DOCUMENTS,
        &INVOLVEMENTS,
        &ANNOUNCEMENTS,
        &PAIRINGS,
        &SEMINARS,
        &SEMINARS_HOSTED,
        &ORGANISATIONS,
        &APPLICATIONS,
        &INTERESTS,
        &INTERESTS_RECEIVED,
        &ADOPTIONS,
        &ADOPTIONS_BY_OTHERS,
        &OBLIGATIONS,
    ];
}
