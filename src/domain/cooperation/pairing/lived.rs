//! The versions of its call's rules that a pairing lived by, and which newer ones its cities accept.
use jiff::civil::Date;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

/// That a city accepted a version of the call's rules which is newer than the one the pairing lives by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The city.
    pub city: Uuid,
    /// The version.
    pub version: i64,
    /// The day.
    pub on: Date,
}

/// A version that a pairing lived by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lived {
    pub version: i64,
    /// The day from which it did; none for the first, and where not known.
    pub from: Option<Date>,
}

/// Notes the version that a pairing lives by now, where the history does not end with it.
pub fn note(history: &mut Vec<Lived>, version: Option<i64>) {
    match version {
        None => history.clear(),
        Some(version) if history.last().map(|last| last.version) == Some(version) => {}
        Some(version) => history.push(Lived { version, from: None }),
    }
}
