//! What saved searches are related to.
use super::{Row, SavedSearch};
use crate::{
    access::{Audience, Scope},
    domain::{person::Person, webhook::Webhook},
    kernel::{prelude::relations::*, relation::pages},
};

static PERSON: Relation<Row> = one::<Row, Person>("person", "", "person", |row| Some(row.person.uuid()))
    .tagged()
    .hidden()
    .handed_on_as_own("Keeps a saved search.", |row, to, tx| {
        (row.person, row.audience) = (Id::new(to), Audience::of(Scope::Person, to));
        // Whoever knew the address of its feed would read on what its person may see.
        row.secret = hex::encode(tx.secret());
    });
static WEBHOOKS: Relation<Row> =
    pages::<Row, Webhook>("webhooks", "The webhooks that send what answers it, the first made first.", Parent::Column("saved_search"));

impl Relates for SavedSearch {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PERSON, &WEBHOOKS];
}
