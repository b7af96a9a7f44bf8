//! What documents are related to.
use super::{Document, Row};
use crate::{
    domain::{
        about,
        agreement::{self, Agreement},
    },
    kernel::prelude::relations::*,
};

static ABOUT: Relation<Row> = about::subject(|row| (&row.about_kind, row.about));
static AGREEMENTS: Relation<Row> =
    list::<Row, Agreement>("agreements", "The agreements of which it is the text.", Parent::Left(&agreement::DOCUMENTS));

impl Relates for Document {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&ABOUT, &AGREEMENTS];
}
