//! What frequently asked questions are related to.
use super::{Faq, Row};
use crate::{domain::programme::Programme, kernel::prelude::relations::*};

static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme that is asked.", "programme", |row| Some(row.programme.uuid())).tagged().indexed();

impl Relates for Faq {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PROGRAMME];
}
