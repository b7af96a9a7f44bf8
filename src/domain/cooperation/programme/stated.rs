//! What sources state of a programme, beside what the hub counts.
use async_graphql::{Context, Object, Result, SimpleObject};

use super::{Programme, row::Stated};
use crate::{
    base::Id,
    domain::pairing::Pairing,
    relay::{DateValue, context::Asking},
    store::reader::Parent,
};

/// A figure a source states of a programme.
#[derive(Clone, Debug, SimpleObject)]
pub struct StatedFigure {
    /// What is counted: “pairings”, “new US cities”.
    pub measure: String,
    /// The figure.
    pub value: i64,
    /// Who states it, and where.
    pub source: String,
    /// The day it was said; null where not known.
    pub said_on: Option<DateValue>,
    /// The source's own words.
    pub verbatim: Option<String>,
}

impl From<&Stated> for StatedFigure {
    fn from(stated: &Stated) -> Self {
        Self {
            measure: stated.measure.clone(),
            value: stated.value,
            source: stated.source.clone(),
            said_on: stated.said_on.map(DateValue),
            verbatim: stated.verbatim.clone(),
        }
    }
}

/// The figure that is to be told beside the listed pairings: what was said last of them.
pub(super) fn of_pairings(stated: &[Stated]) -> Option<&Stated> {
    stated.iter().filter(|figure| figure.measure == "pairings").max_by_key(|figure| figure.said_on)
}

/// How many pairings a programme has: those listed here beside the number its source states.
pub struct PairingCount {
    pub(super) programme: Id<Programme>,
    pub(super) stated: Option<Stated>,
}

/// How many pairings a programme has: those listed here beside the number its source states, so that a reader sees “9 of 16”.
#[Object]
impl PairingCount {
    /// The pairings that the viewer may see.
    async fn listed(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.counted::<Pairing>(self.programme.uuid(), Parent::Column("programme")).await?)
    }

    /// The number the source states; null where none states one.
    async fn stated(&self) -> Option<i64> {
        self.stated.as_ref().map(|stated| stated.value)
    }

    /// Who states it, and where.
    async fn source(&self) -> Option<&str> {
        self.stated.as_ref().map(|stated| stated.source.as_str())
    }

    /// The day it was said.
    async fn said_on(&self) -> Option<DateValue> {
        self.stated.as_ref()?.said_on.map(DateValue)
    }

    /// The source's own words.
    async fn verbatim(&self) -> Option<&str> {
        self.stated.as_ref()?.verbatim.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    fn said(measure: &str, value: i64, on: &str) -> Stated {
        Stated { measure: measure.to_owned(), value, source: "page".to_owned(), said_on: day(on), verbatim: None }
    }

    #[test]
    fn what_was_said_last_of_pairings_is_told() {
        let stated = [said("pairings", 16, "2018-07-18"), said("pairings", 12, "2017-01-01"), said("cities", 40, "2019-01-01")];
        assert_eq!(of_pairings(&stated).map(|figure| figure.value), Some(16));
        assert_eq!(of_pairings(&stated[2..]), None);
    }
}
