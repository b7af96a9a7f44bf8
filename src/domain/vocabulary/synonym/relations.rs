//! What synonyms are related to by their own rows: nothing.
use super::{Row, Synonym};
use crate::kernel::relation::{Relates, Relation};

impl Relates for Synonym {
    const RELATIONS: &'static [&'static Relation<Row>] = &[];
}
