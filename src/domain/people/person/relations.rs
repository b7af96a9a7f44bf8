//! What people are related to; their roles are parts of theirs.
use super::{Person, Row};
use crate::{
    domain::{assessment::Assessment, involvement::Involvement, seminar::Seminar},
    kernel::prelude::relations::*,
};

static INVOLVEMENTS: Relation<Row> =
    list::<Row, Involvement>("involvements", "Where they speak for an organisation that takes part.", Parent::Column("contact"));
static SEMINARS_PROPOSED: Relation<Row> =
    list::<Row, Seminar>("seminars_proposed", "The seminars they proposed.", Parent::Column("proposed_by"));

static ASSESSMENTS: Relation<Row> = list::<Row, Assessment>(
    "assessments",
    "The applications they were asked to assess, for the programme's officers.",
    Parent::Column("assessor"),
);

impl Relates for Person {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&INVOLVEMENTS, &SEMINARS_PROPOSED, &ASSESSMENTS];
}
