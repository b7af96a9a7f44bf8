//! What may be done to a city.
use super::Row;
use crate::{
    access::{Act, Owners},
    kernel::life::{Always, Living, Move},
};

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::WriteOrGovern, "Change what is told of it.");

impl Living for Row {
    type State = Always;
    const MOVES: &'static [&'static Move<Self>] = &[&UPDATE];

    fn state(&self) -> Always {
        Always
    }

    /// Its own representatives; who governs it is the viewer's to know.
    fn owners(&self) -> Owners {
        Owners { cities: vec![self.id.uuid()], programmes: vec![] }
    }
}
