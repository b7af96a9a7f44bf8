//! What themes are related to.
use super::{Row, Theme};
use crate::{
    base::Id,
    kernel::relation::{Relates, Relation, one, pages},
    store::reader::Parent,
};

static PARENT: Relation<Row> =
    one::<Row, Theme>("parent", "The theme above; null for a root.", "parent", |row| row.parent.map(Id::uuid)).tagged().indexed();
static CHILDREN: Relation<Row> = pages::<Row, Theme>("children", "The themes right below, by name.", Parent::Column("parent"));

impl Relates for Theme {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PARENT, &CHILDREN];
}
