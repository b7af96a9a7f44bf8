//! What webhooks are related to.
use super::{Row, Webhook};
use crate::{
    domain::{person::Person, saved_search::SavedSearch},
    kernel::prelude::relations::*,
};

static PERSON: Relation<Row> = one::<Row, Person>("person", "", "person", |row| Some(row.person.uuid())).tagged().hidden();
static SAVED_SEARCH: Relation<Row> = one::<Row, SavedSearch>(
    "saved_search",
    "The saved search whose matches it tells; null where it tells events.",
    "saved_search",
    |row| row.saved_search.map(Id::uuid),
);

impl Relates for Webhook {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PERSON, &SAVED_SEARCH];
}
