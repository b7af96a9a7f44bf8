//! What agreements are related to.
use super::{Agreement, Row, row::DOCUMENTS};
use crate::{
    domain::{document::Document, pairing::Pairing},
    kernel::prelude::relations::*,
};

static PAIRING: Relation<Row> =
    one::<Row, Pairing>("pairing", "The pairing whose members agreed.", "pairing", |row| Some(row.pairing.uuid())).tagged().indexed();
static DOCUMENTS_OF: Relation<Row> =
    many::<Row, Document>("documents", "The documents of its versions, the first first, as far as the viewer may see them.", &DOCUMENTS)
        .unrecorded();

impl Relates for Agreement {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PAIRING, &DOCUMENTS_OF];
}
