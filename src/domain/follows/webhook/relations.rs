//! What webhooks are related to.
use super::{Row, Webhook};
use crate::{
    access::{Audience, Scope},
    domain::{person::Person, saved_search::SavedSearch},
    kernel::prelude::relations::*,
};

static PERSON: Relation<Row> = one::<Row, Person>("person", "", "person", |row| Some(row.person.uuid()))
    .tagged()
    .hidden()
    .handed_on_as_own("Keeps a webhook.", |row, to, _| {
        (row.person, row.audience) = (Id::new(to), Audience::of(Scope::Person, to));
    });
static SAVED_SEARCH: Relation<Row> = one::<Row, SavedSearch>(
    "saved_search",
    "The saved search whose matches it tells; null where it tells events.",
    "saved_search",
    |row| row.saved_search.map(Id::uuid),
);

impl Relates for Webhook {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PERSON, &SAVED_SEARCH];
}
