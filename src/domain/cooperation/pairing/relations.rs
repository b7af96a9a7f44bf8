//! What pairings are related to.
use super::{
    Pairing, Row,
    member::{CITIES, ORGANISATIONS},
};
use crate::{
    domain::{
        agreement::Agreement, call::Call, city::City, document::Document, involvement::Involvement, obligation::Obligation,
        organisation::Organisation, practice::Practice, programme::Programme, seminar::Seminar, theme::Theme,
    },
    kernel::prelude::relations::*,
};

static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme that brought the cities together.", "programme", |row| Some(row.programme.uuid()))
        .tagged()
        .indexed();
static CALL: Relation<Row> =
    one::<Row, Call>("call", "The call whose rules it follows; null where not known.", "call", |row| row.call.map(Id::uuid));
static CITIES_OF: Relation<Row> = many::<Row, City>("cities", "The cities that are members now.", &CITIES).tagged().indexed();
static ORGANISATIONS_OF: Relation<Row> =
    many::<Row, Organisation>("organisations", "The organisations that are members now.", &ORGANISATIONS).tagged().unrecorded();
static THEME: Relation<Row> = one::<Row, Theme>("theme", "The theme the cities chose.", "theme", |row| row.theme.map(Id::uuid)).indexed();
static SEMINARS: Relation<Row> = list::<Row, Seminar>("seminars", "Its seminars.", Parent::Column("pairing"));
static PRACTICES: Relation<Row> = list::<Row, Practice>("practices", "The practices that come from it.", Parent::Column("pairing"));
static DOCUMENTS: Relation<Row> = list::<Row, Document>("documents", "The documents about it.", Parent::Column("about"));
static AGREEMENTS: Relation<Row> =
    list::<Row, Agreement>("agreements", "What its members agreed on, with their signatures.", Parent::Column("pairing"));
static OBLIGATIONS: Relation<Row> = list::<Row, Obligation>(
    "obligations",
    "What it and its members owe, as far as the viewer may see it: officers of its programme and people of its own.",
    Parent::Column("pairing"),
);
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "The organisations that take part.", Parent::Column("about"));

impl Relates for Pairing {
    const RELATIONS: &'static [&'static Relation<Row>] = &[
        &PROGRAMME,
        &CALL,
        &CITIES_OF,
        &ORGANISATIONS_OF,
        &THEME,
        &SEMINARS,
        &PRACTICES,
        &DOCUMENTS,
        &AGREEMENTS,
        &OBLIGATIONS,
        &INVOLVEMENTS,
    ];
}
