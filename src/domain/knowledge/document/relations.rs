//! What documents are related to.
use super::{Document, Row};
use crate::{domain::about, kernel::prelude::relations::*};

static ABOUT: Relation<Row> = about::subject(|row| (&row.about_kind, row.about));

impl Relates for Document {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&ABOUT];
}
