//! What announcements are related to.
use super::{Announcement, Row, row::CITIES};
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::relations::*,
};

static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme whose news it is.", "programme", |row| Some(row.programme.uuid())).tagged().indexed();
/// The cities its claims are about, in which graph and records have them.
static CITIES_OF: Relation<Row> = many::<Row, City>("cities", "", &CITIES).indexed().hidden().unrecorded();

impl Relates for Announcement {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PROGRAMME, &CITIES_OF];
}
