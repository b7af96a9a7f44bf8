//! What announcements are related to.
use super::{Announcement, Row, row::CITIES};
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::relations::*,
};

static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme whose news it is.", "programme", |row| Some(row.programme.uuid())).tagged().indexed();
/// Records have them in the claims.
static CITIES_OF: Relation<Row> = many::<Row, City>("cities", "The cities its claims are about.", &CITIES).indexed().unrecorded();

impl Relates for Announcement {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PROGRAMME, &CITIES_OF];
}
