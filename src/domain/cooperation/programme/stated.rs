//! What sources state of a programme, beside what the hub counts.
use async_graphql::{Context, Object, Result};

use super::{Programme, row::Stated};
use crate::{
    base::{Code, Id, Result as Done},
    domain::pairing::Pairing,
    relay::{DateValue, context::Asking},
    store::{Json, Refusals, reader::Parent},
};

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
        self.stated.as_ref()?.said_on
    }

    /// The source's own words.
    async fn verbatim(&self) -> Option<&str> {
        self.stated.as_ref()?.verbatim.as_deref()
    }
}

/// Refuses figures of nothing, by nobody or below zero.
pub(super) fn check(figures: &Json<Vec<Stated>>, field: &str, longest: usize, refusals: &mut Refusals) -> Done<()> {
    for (index, stated) in figures.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.measure"), &stated.measure, longest);
        refusals.named(&format!("{field}.{index}.source"), &stated.source, longest);
        refusals.refuse_if(stated.value < 0, Code::BadInput, &format!("{field}.{index}.value"), "A figure is not below zero.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    fn said(measure: &str, value: i64, on: &str) -> Stated {
        Stated { measure: measure.to_owned(), value, source: "page".to_owned(), said_on: day(on).map(DateValue), verbatim: None }
    }

    #[test]
    fn what_was_said_last_of_pairings_is_told() {
        let stated = [said("pairings", 16, "2018-07-18"), said("pairings", 12, "2017-01-01"), said("cities", 40, "2019-01-01")];
        assert_eq!(of_pairings(&stated).map(|figure| figure.value), Some(16));
        assert_eq!(of_pairings(&stated[2..]), None);
    }
}
