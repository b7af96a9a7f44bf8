//! What documents are related to.
use super::{Document, Row};
use crate::{
    domain::about::KINDS,
    kernel::relation::{Relates, Relation, about},
};

static ABOUT: Relation<Row> = about::<Row>("about", &KINDS, "about", |row| (&row.about_kind, row.about)).tagged().indexed();

impl Relates for Document {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&ABOUT];
}
