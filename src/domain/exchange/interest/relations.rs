//! What interests are related to.
use super::{Interest, Row};
use crate::{
    domain::{city::City, practice::Practice},
    kernel::prelude::relations::*,
};

static PRACTICE: Relation<Row> =
    one::<Row, Practice>("practice", "The practice; null where the viewer may see it no longer.", "practice", |row| {
        Some(row.practice.uuid())
    })
    .tagged();
static OWNER: Relation<Row> =
    one::<Row, City>("owner", "The city whose practice it is, and that answers.", "owner", |row| Some(row.owner.uuid()))
        .tagged()
        .unrecorded();
static CITY: Relation<Row> = one::<Row, City>("city", "The city that would be a partner.", "city", |row| Some(row.city.uuid())).tagged();

impl Relates for Interest {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PRACTICE, &OWNER, &CITY];
}
