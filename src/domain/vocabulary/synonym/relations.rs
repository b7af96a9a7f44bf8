//! What synonyms are related to by their own rows: nothing.
use super::{Row, Synonym};
use crate::kernel::prelude::relations::*;

impl Relates for Synonym {
    const RELATIONS: &'static [&'static Relation<Row>] = &[];
}
