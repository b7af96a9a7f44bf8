//! What people are related to by their own rows: nothing.
use super::{Person, Row};
use crate::kernel::prelude::relations::*;

impl Relates for Person {
    const RELATIONS: &'static [&'static Relation<Row>] = &[];
}
