//! What adoptions are related to.
use super::{Adoption, Row};
use crate::{
    domain::{city::City, practice::Practice, seminar::Seminar},
    kernel::prelude::relations::*,
};

static PRACTICE: Relation<Row> =
    one::<Row, Practice>("practice", "The practice that was taken up; null where the viewer may see it no longer.", "practice", |row| {
        Some(row.practice.uuid())
    })
    .tagged()
    .indexed();
static OWNER: Relation<Row> =
    one::<Row, City>("owner", "The city whose practice it is, and that gave it.", "owner", |row| Some(row.owner.uuid()))
        .tagged()
        .indexed()
        .unrecorded();
static CITY: Relation<Row> = one::<Row, City>("city", "The city that took it up.", "city", |row| Some(row.city.uuid())).tagged().indexed();
static SEMINAR: Relation<Row> = one::<Row, Seminar>(
    "seminar",
    "The seminar where the city met the practice; null where it met it elsewhere, where that is not known, and where the viewer may not see the seminar.",
    "seminar",
    |row| row.seminar.map(Id::uuid),
)
.tagged();
static BECOMES: Relation<Row> = one::<Row, Practice>(
    "becomes",
    "The practice of the city that took it up that came of it; null where none is told, or the viewer may not see it.",
    "becomes",
    |row| row.becomes.map(Id::uuid),
)
.tagged();

impl Relates for Adoption {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PRACTICE, &OWNER, &CITY, &SEMINAR, &BECOMES];
}
