//! What calls are related to.
use super::{Call, Row};
use crate::{
    domain::{application::Application, assessment::Assessment, assignment::Assignment, pairing::Pairing, programme::Programme},
    kernel::prelude::relations::*,
};

static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme that calls.", "programme", |row| Some(row.programme.uuid())).tagged().indexed();
static PAIRINGS: Relation<Row> = list::<Row, Pairing>("pairings", "The pairings that came of it.", Parent::Column("call"));
static APPLICATIONS: Relation<Row> = list::<Row, Application>(
    "applications",
    "The applications to it, as far as the viewer may see them: its officers those handed in, a city its own.",
    Parent::Column("call"),
);

static ASSIGNMENTS: Relation<Row> = list::<Row, Assignment>(
    "assignments",
    "The assignments of its applications, for the programme's officers alone.",
    Parent::Column("call"),
);

static ASSESSMENTS: Relation<Row> = list::<Row, Assessment>(
    "assessments",
    "The assessments of the applications to it, for the programme's officers alone.",
    Parent::Column("call"),
);

impl Relates for Call {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PROGRAMME, &PAIRINGS, &APPLICATIONS, &ASSIGNMENTS, &ASSESSMENTS];
}
