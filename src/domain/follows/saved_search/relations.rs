//! What saved searches are related to.
use super::{Row, SavedSearch};
use crate::{domain::person::Person, kernel::prelude::relations::*};

static PERSON: Relation<Row> = one::<Row, Person>("person", "", "person", |row| Some(row.person.uuid())).tagged().hidden();

impl Relates for SavedSearch {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PERSON];
}
