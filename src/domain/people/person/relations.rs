//! What people are related to; their roles are parts of theirs.
use super::{Person, Row};
use crate::{domain::involvement::Involvement, kernel::prelude::relations::*};

static INVOLVEMENTS: Relation<Row> =
    list::<Row, Involvement>("involvements", "Where they speak for an organisation that takes part.", Parent::Column("contact"));

impl Relates for Person {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&INVOLVEMENTS];
}
