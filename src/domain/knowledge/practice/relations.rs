//! What practices are related to.
use super::{
    Practice, Row,
    row::{BLOCKS_USED, GOALS, THEMES},
};
use crate::{
    domain::{
        adoption::Adoption,
        building_block::BuildingBlock,
        city::City,
        document::Document,
        goal::Goal,
        interest::Interest,
        involvement::Involvement,
        pairing::Pairing,
        person::Person,
        programme::Programme,
        seminar::{self, Seminar},
        theme::Theme,
    },
    kernel::prelude::relations::*,
};

static CITY: Relation<Row> = one::<Row, City>("city", "The city that did it.", "city", |row| Some(row.city.uuid())).tagged().indexed();
static PAIRING: Relation<Row> = one::<Row, Pairing>(
    "pairing",
    "The pairing it comes from; null where it comes from none or the viewer may not see it.",
    "pairing",
    |row| row.pairing.map(Id::uuid),
)
.tagged();
static THEMES_OF: Relation<Row> =
    many::<Row, Theme>("themes", "The themes it belongs to, the most fitting first.", &THEMES).tagged().indexed();
static GOALS_OF: Relation<Row> = many::<Row, Goal>("goals", "The goals of the global agendas it serves.", &GOALS).tagged().indexed();
static SUCCESSOR: Relation<Row> =
    one::<Row, Practice>("successor", "What to read instead of a withdrawn practice.", "successor", |row| row.successor.map(Id::uuid));
static PREDECESSORS: Relation<Row> =
    list::<Row, Practice>("predecessors", "The withdrawn practices in place of which it is read.", Parent::Column("successor"));
static REVIEW_PROGRAMME: Relation<Row> = one::<Row, Programme>(
    "review_programme",
    "The programme it was handed in to for review; null where it never was.",
    "review_programme",
    |row| row.review_programme.map(Id::uuid),
);
static REVIEWER: Relation<Row> = one::<Row, Person>("reviewer", "Who reviews it.", "reviewer", |row| row.reviewer.map(Id::uuid))
    .hidden()
    .handed_on("Reviews a practice.", |row| row.reviewer.is_some(), |row, to, _| row.reviewer = Some(Id::new(to)));
static SEMINARS: Relation<Row> = list::<Row, Seminar>("seminars", "The seminars that presented it.", Parent::Left(&seminar::PRACTICES));
static DOCUMENTS: Relation<Row> = list::<Row, Document>("documents", "The documents about it.", Parent::Column("about"));
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "The organisations that take part.", Parent::Column("about"));
static INTERESTS: Relation<Row> = list::<Row, Interest>(
    "interests",
    "The interest that other cities take in being partners, as far as the viewer may see it: its city all, each of the others its own.",
    Parent::Column("practice"),
);
static ADOPTIONS: Relation<Row> = list::<Row, Adoption>(
    "adoptions",
    "What other cities made of it, as far as the viewer may see it: everyone what both cities consented to, each city what is of its own.",
    Parent::Column("practice"),
);
static ADOPTED_FROM: Relation<Row> = list::<Row, Adoption>(
    "adopted_from",
    "The adoptions by which its city came to it: of practices of other cities.",
    Parent::Column("becomes"),
);
static BUILDING_BLOCKS: Relation<Row> = list::<Row, BuildingBlock>(
    "building_blocks",
    "Its building blocks: parts of it that can be taken by themselves.",
    Parent::Column("practice"),
);
// Records of building blocks tell it.
static USED_BUILDING_BLOCKS: Relation<Row> = many_listed::<Row, BuildingBlock>(
    "used_building_blocks",
    "The building blocks of other practices that it uses, as far as the viewer may see them.",
    &BLOCKS_USED,
)
.unrecorded();

impl Relates for Practice {
    const RELATIONS: &'static [&'static Relation<Row>] = &[
        &CITY,
        &PAIRING,
        &THEMES_OF,
        &GOALS_OF,
        &SUCCESSOR,
        &PREDECESSORS,
        &REVIEW_PROGRAMME,
        &REVIEWER,
        &SEMINARS,
        &DOCUMENTS,
        &INVOLVEMENTS,
        &INTERESTS,
        &ADOPTIONS,
        &ADOPTED_FROM,
        &BUILDING_BLOCKS,
        &USED_BUILDING_BLOCKS,
    ];
}
