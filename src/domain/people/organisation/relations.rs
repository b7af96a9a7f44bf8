//! What organisations are related to.
use super::{Organisation, Row};
use crate::{
    domain::{
        city::City,
        involvement::Involvement,
        pairing::{self, Pairing},
        programme::Programme,
        seminar::Seminar,
    },
    kernel::prelude::relations::*,
};

static CITY: Relation<Row> =
    one::<Row, City>("city", "The city it is in; null where it is in none.", "city", |row| row.city.map(Id::uuid)).tagged().indexed();
static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme whose officers keep it; null where only its city's people do.", "programme", |row| {
        row.programme.map(Id::uuid)
    })
    .tagged();
static PAIRINGS: Relation<Row> = list::<Row, Pairing>("pairings", "The pairings it is a member of.", Parent::Left(&pairing::ORGANISATIONS));
static INVOLVEMENTS: Relation<Row> = list::<Row, Involvement>("involvements", "What it takes part in.", Parent::Column("organisation"));
static SEMINARS: Relation<Row> = list::<Row, Seminar>("seminars", "The seminars it holds.", Parent::Column("organisation"));

impl Relates for Organisation {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&CITY, &PROGRAMME, &PAIRINGS, &INVOLVEMENTS, &SEMINARS];
}
