//! What involvements are related to.
use super::{Involvement, Row, row::State};
use crate::{
    domain::{about, organisation::Organisation, person::Person},
    kernel::prelude::relations::*,
};

static ORGANISATION: Relation<Row> =
    one::<Row, Organisation>("organisation", "The organisation; null where the viewer may not see it.", "organisation", |row| {
        Some(row.organisation.uuid())
    })
    .tagged()
    .indexed();
static ABOUT: Relation<Row> = about::subject(|row| (&row.about_kind, row.about));
static CONTACT: Relation<Row> = one::<Row, Person>(
    "contact",
    "Who speaks for the organisation here; null where nobody does or the viewer may not see them.",
    "contact",
    |row| row.contact.map(Id::uuid),
)
.handed_on(
    "Speaks for an organisation that takes part.",
    |row| matches!(row.state, State::Invited | State::Active),
    |row, to, _| row.contact = Some(Id::new(to)),
);

impl Relates for Involvement {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&ORGANISATION, &ABOUT, &CONTACT];
}
