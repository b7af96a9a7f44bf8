//! What assessments are related to.
use super::{Assessment, Row, row::State};
use crate::{
    domain::{application::Application, call::Call, person::Person, programme::Programme},
    kernel::prelude::relations::*,
};

static APPLICATION: Relation<Row> =
    one::<Row, Application>("application", "The application it is of.", "application", |row| Some(row.application.uuid())).tagged();
static CALL: Relation<Row> =
    one::<Row, Call>("call", "The call the application answers.", "call", |row| Some(row.call.uuid())).tagged().unrecorded();
static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme that calls.", "programme", |row| Some(row.programme.uuid())).tagged().unrecorded();
// Whoever takes it over begins anew: an interest is declared by each for themselves.
static ASSESSOR: Relation<Row> =
    one::<Row, Person>("assessor", "Who assesses.", "assessor", |row| Some(row.assessor.uuid())).tagged().handed_on(
        "Assesses an application.",
        |row| matches!(row.state, State::Asked | State::InProgress),
        |row, to, _| {
            (row.assessor, row.state) = (Id::new(to), State::Asked);
            (row.interest, row.declared_on, row.comment) = (None, None, None);
            row.verdicts.0.clear();
        },
    );

impl Relates for Assessment {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&APPLICATION, &CALL, &PROGRAMME, &ASSESSOR];
}
