//! What seminars are related to.
use super::{
    Row, Seminar,
    row::{CITIES, GOALS, PRACTICES, State, THEMES},
};
use crate::{
    domain::{
        adoption::Adoption, city::City, document::Document, goal::Goal, involvement::Involvement, organisation::Organisation,
        pairing::Pairing, person::Person, practice::Practice, programme::Programme, theme::Theme,
    },
    kernel::prelude::relations::*,
};

static HOST: Relation<Row> =
    one::<Row, City>("host", "The city that holds it; null where an organisation or the programme does.", "host", |row| {
        row.host.map(Id::uuid)
    })
    .tagged()
    .indexed();
static ORGANISATION: Relation<Row> = one::<Row, Organisation>(
    "organisation",
    "The organisation that holds it; null where a city or the programme does.",
    "organisation",
    |row| row.organisation.map(Id::uuid),
)
.tagged()
.indexed();
static PROPOSED_BY: Relation<Row> = one::<Row, Person>(
    "proposed_by",
    "Who proposed it; null where the host scheduled it itself, and where the viewer may not see them.",
    "proposed_by",
    |row| row.proposed_by.map(Id::uuid),
)
.handed_on(
    "Proposed a seminar that its host has not answered.",
    |row| row.state == State::Proposed,
    |row, to, _| row.proposed_by = Some(Id::new(to)),
);
static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme it belongs to; null where it belongs to none.", "programme", |row| {
        row.programme.map(Id::uuid)
    })
    .tagged()
    .indexed();
static PAIRING: Relation<Row> = one::<Row, Pairing>(
    "pairing",
    "The pairing it belongs to; null where it belongs to none or the viewer may not see it.",
    "pairing",
    |row| row.pairing.map(Id::uuid),
)
.tagged();
static CITIES_OF: Relation<Row> = many::<Row, City>("cities", "The cities that take part.", &CITIES).tagged().indexed();
static THEMES_OF: Relation<Row> =
    many::<Row, Theme>("themes", "The themes it belongs to, the most fitting first.", &THEMES).tagged().indexed();
static GOALS_OF: Relation<Row> = many::<Row, Goal>("goals", "The goals of the global agendas it serves.", &GOALS).tagged().indexed();
static PRACTICES_OF: Relation<Row> = many_listed::<Row, Practice>("practices", "The practices presented there.", &PRACTICES).tagged();
static DOCUMENTS: Relation<Row> = list::<Row, Document>("documents", "The documents about it.", Parent::Column("about"));
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "The organisations that take part.", Parent::Column("about"));
static ADOPTIONS: Relation<Row> = list::<Row, Adoption>(
    "adoptions",
    "What cities made of practices that they met there, as far as the viewer may see it.",
    Parent::Column("seminar"),
);

impl Relates for Seminar {
    const RELATIONS: &'static [&'static Relation<Row>] = &[
        &HOST,
        &ORGANISATION,
        &PROPOSED_BY,
        &PROGRAMME,
        &PAIRING,
        &CITIES_OF,
        &THEMES_OF,
        &GOALS_OF,
        &PRACTICES_OF,
        &DOCUMENTS,
        &INVOLVEMENTS,
        &ADOPTIONS,
    ];
}
