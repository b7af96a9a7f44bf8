//! How many pairings a programme has, by the hub and by its source.
use async_graphql::{Context, Object, Result};

use super::Programme;
use crate::{
    base::{Id, Result as Done},
    domain::cooperation::stated::{PAIRINGS, Stated, StatedLight, StatedOf},
    relay::DateValue,
};

/// The figure that is to be told beside the listed pairings: what was said last of them.
pub(super) fn of_pairings(stated: &[Stated]) -> Option<&Stated> {
    stated.iter().filter(|figure| figure.measure == PAIRINGS).max_by_key(|figure| figure.said_on)
}

/// How many pairings a programme has: those listed here beside the number its source states.
pub struct PairingCount {
    pub(super) programme: Id<Programme>,
    pub(super) stated: Option<Stated>,
}

impl PairingCount {
    async fn count(&self, ctx: &Context<'_>) -> Done<i64> {
        Ok(StatedOf::Programme(self.programme.uuid()).count(ctx, PAIRINGS).await?.unwrap_or_default())
    }

    async fn against_the_list(&self, ctx: &Context<'_>) -> Done<(StatedLight, String)> {
        let listed = self.count(ctx).await?;
        Ok(StatedLight::of(PAIRINGS, self.stated.as_ref().map(|stated| stated.value), Some(listed)))
    }
}

/// How many pairings a programme has: those listed here beside the number its source states, so that a reader sees “9 of 16”.
#[Object]
impl PairingCount {
    /// The pairings that the viewer may see, those that were completed or have ended among them.
    async fn listed(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.count(ctx).await?)
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

    /// Whether the two contradict each other.
    async fn light(&self, ctx: &Context<'_>) -> Result<StatedLight> {
        Ok(self.against_the_list(ctx).await?.0)
    }

    /// Why the light is as it is.
    async fn sentence(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.against_the_list(ctx).await?.1)
    }
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
