//! What saved searches are related to.
use super::{Row, SavedSearch};
use crate::{
    domain::{person::Person, webhook::Webhook},
    kernel::{prelude::relations::*, relation::pages},
};

static PERSON: Relation<Row> = one::<Row, Person>("person", "", "person", |row| Some(row.person.uuid())).tagged().hidden();
static WEBHOOKS: Relation<Row> =
    pages::<Row, Webhook>("webhooks", "The webhooks that send what answers it, the first made first.", Parent::Column("saved_search"));

impl Relates for SavedSearch {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PERSON, &WEBHOOKS];
}
