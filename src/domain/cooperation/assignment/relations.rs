//! What assignments are related to.
use super::{Assignment, Row};
use crate::{
    domain::{call::Call, programme::Programme},
    kernel::prelude::relations::*,
};

static CALL: Relation<Row> =
    one::<Row, Call>("call", "The call whose applications it is of.", "call", |row| Some(row.call.uuid())).tagged();
static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme that calls.", "programme", |row| Some(row.programme.uuid())).tagged().unrecorded();

impl Relates for Assignment {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&CALL, &PROGRAMME];
}
