//! What obligations are related to.
use super::{Obligation, Row, row::CITIES};
use crate::{
    domain::{city::City, pairing::Pairing, programme::Programme},
    kernel::prelude::relations::*,
};

static PAIRING: Relation<Row> =
    one::<Row, Pairing>("pairing", "The pairing that owes it.", "pairing", |row| Some(row.pairing.uuid())).tagged();
static PROGRAMME: Relation<Row> =
    one::<Row, Programme>("programme", "The programme of the pairing.", "programme", |row| Some(row.programme.uuid())).tagged();
static CITIES_OF: Relation<Row> = many::<Row, City>(
    "cities",
    "The cities it concerns: those that are members now; of a signature, the city alone that gives it.",
    &CITIES,
)
.tagged();

impl Relates for Obligation {
    const RELATIONS: &'static [&'static Relation<Row>] = &[&PAIRING, &PROGRAMME, &CITIES_OF];
}
