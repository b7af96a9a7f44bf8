//! What agendas are related to.
use super::{Agenda, Row};
use crate::{domain::goal::Goal, kernel::prelude::relations::*};

static GOALS: Relation<Row> = list::<Row, Goal>(
    "goals",
    "Its goals and what stands below them, in the agenda's order. To walk the tree, ask for `filter: {isRoot: true}` and go on with `children`.",
    Parent::Column("agenda"),
);

impl Relates for Agenda {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&GOALS];
}
