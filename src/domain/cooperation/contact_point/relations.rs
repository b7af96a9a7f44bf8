//! What contact points are related to.
use super::{ContactPoint, Row};
use crate::{domain::programme::Programme, kernel::prelude::relations::*};

static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme it speaks for.", "programme", |row| Some(row.programme.uuid())).tagged().indexed();

impl Relates for ContactPoint {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PROGRAMME];
}
