//! What building blocks are related to.
use super::{BuildingBlock, Row};
use crate::{
    domain::{
        city::City,
        practice::{self, Practice},
    },
    kernel::prelude::relations::*,
};

static PRACTICE: Relation<Row> =
    one::<Row, Practice>("practice", "The practice it is part of.", "practice", |row| Some(row.practice.uuid())).tagged().indexed();
static CITY: Relation<Row> =
    one::<Row, City>("city", "The city whose practice it is part of.", "city", |row| Some(row.city.uuid())).tagged().unrecorded();
static USED_BY: Relation<Row> = list::<Row, Practice>(
    "used_by",
    "The practices of which their cities say that they use it, as far as the viewer may see them.",
    Parent::Left(&practice::BLOCKS_USED),
);

impl Relates for BuildingBlock {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PRACTICE, &CITY, &USED_BY];
}
