//! What happened to a city.
use super::{City, Row};
use crate::events;

events!(
    ADDED = "cityAdded" Added "A city was added." first,
    REVISED = "cityRevised" Changed "A city changed.",
    ; new ADDED, changed REVISED, texts of City
);
