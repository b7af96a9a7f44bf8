//! What sources state of a programme or a call, beside what is listed here: both are kept, and neither corrects the other.
use async_graphql::{Context, Enum, InputObject, Object, Result};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    base::{Code, Result as Done, text::grouped},
    domain::{
        call::Call,
        city::{self, City},
        pairing::Pairing,
        practice::Practice,
        seminar::Seminar,
    },
    item,
    relay::{self, DateValue, context::Asking},
    store::{Json, Refusals, reader::Parent},
};

/// A figure that a source states of a programme or a call, kept beside what the hub counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject)]
#[graphql(name = "StatedFigureInput")]
pub struct Stated {
    /// What is counted: “pairings”, “new US cities”.
    pub measure: String,
    /// The figure, not below zero.
    pub value: i64,
    /// Who states it, and where.
    pub source: String,
    /// The day it was said; null where not known.
    pub said_on: Option<DateValue>,
    /// The source's own words.
    pub verbatim: Option<String>,
}

/// What a figure of pairings is called.
pub(super) const PAIRINGS: &str = "pairings";

item!(Stated, Stated => |input| Stated { measure: input.measure.trim().to_owned(), source: input.source.trim().to_owned(), ..input });

/// Whether what a source states and what is listed here contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum StatedLight {
    /// As much is listed as is stated.
    Green,
    /// Less is listed than is stated: something is missing here, or not for the viewer to see.
    Yellow,
    /// More is listed than is stated: the source is outdated, or something listed does not belong here.
    Red,
    /// There is nothing to compare: the source states no figure, or one of something that is not counted here.
    Grey,
}

impl StatedLight {
    /// Of a figure beside what is listed, either of which may be unknown; with the sentence that says why. `what` is what is counted: “pairings”.
    pub(super) fn of(what: &str, stated: Option<i64>, listed: Option<i64>) -> (Self, String) {
        let (Some(stated), Some(listed)) = (stated, listed) else {
            let sentence = match (stated, listed) {
                (Some(stated), _) => format!("The source states {} {what}, which are not counted here.", grouped(stated)),
                (None, Some(listed)) => format!("The source states no figure; listed here: {} {what}.", grouped(listed)),
                (None, None) => format!("The source states no figure of {what}, and they are not counted here."),
            };
            return (Self::Grey, sentence);
        };
        let light = match listed.cmp(&stated) {
            std::cmp::Ordering::Equal => Self::Green,
            std::cmp::Ordering::Less => Self::Yellow,
            std::cmp::Ordering::Greater => Self::Red,
        };
        let sentence = if light == Self::Green {
            format!("The source states {} {what}, and as many are listed here.", grouped(stated))
        } else {
            format!("The source states {} {what}; listed here: {}.", grouped(stated), grouped(listed))
        };
        (light, sentence)
    }
}

/// What figures are of.
#[derive(Clone, Copy)]
pub(super) enum StatedOf {
    Programme(Uuid),
    Call(Uuid),
}

impl StatedOf {
    /// How many things of a measure are listed, as far as the viewer sees them; none where they are not counted.
    pub(super) async fn count(self, ctx: &Context<'_>, measure: &str) -> Done<Option<i64>> {
        let count = match (self, measure) {
            (Self::Programme(programme), PAIRINGS) => ctx.counted::<Pairing>(programme, Parent::Column("programme")).await?,
            (Self::Programme(programme), "cities") => ctx.counted::<City>(programme, Parent::Left(&city::PROGRAMMES)).await?,
            (Self::Programme(programme), "calls") => ctx.counted::<Call>(programme, Parent::Column("programme")).await?,
            (Self::Programme(programme), "practices") => {
                ctx.counted::<Practice>(programme, Parent::Through("city", &city::PROGRAMMES)).await?
            }
            (Self::Programme(programme), "seminars") => ctx.counted::<Seminar>(programme, Parent::Column("programme")).await?,
            (Self::Call(call), PAIRINGS) => ctx.counted::<Pairing>(call, Parent::Column("call")).await?,
            _ => return Ok(None),
        };
        Ok(i64::try_from(count).ok())
    }
}

/// All figures in the graph.
pub(super) fn all(of: StatedOf, stated: &[Stated]) -> Vec<relay::Object<StatedFigure>> {
    stated.iter().cloned().map(|stated| relay::Object(StatedFigure { of, stated })).collect()
}

/// A figure in the graph.
pub struct StatedFigure {
    of: StatedOf,
    stated: Stated,
}

impl StatedFigure {
    async fn against_the_list(&self, ctx: &Context<'_>) -> Done<(Option<i64>, StatedLight, String)> {
        let listed = self.of.count(ctx, &self.stated.measure).await?;
        let (light, sentence) = StatedLight::of(&self.stated.measure, Some(self.stated.value), listed);
        Ok((listed, light, sentence))
    }
}

/// A figure that a source states, beside what is listed here.
#[Object]
impl StatedFigure {
    /// What is counted: “pairings”, “new US cities”.
    async fn measure(&self) -> &str {
        &self.stated.measure
    }

    /// The figure, not below zero.
    async fn value(&self) -> i64 {
        self.stated.value
    }

    /// Who states it, and where.
    async fn source(&self) -> &str {
        &self.stated.source
    }

    /// The day it was said; null where not known.
    async fn said_on(&self) -> Option<DateValue> {
        self.stated.said_on
    }

    /// The source's own words.
    async fn verbatim(&self) -> Option<&str> {
        self.stated.verbatim.as_deref()
    }

    /// How many are listed here, as far as the viewer may see them; null where they are not counted: of a programme `pairings`, `cities`, `calls`,
    /// `practices` and `seminars` are, of a call `pairings`.
    async fn listed(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        Ok(self.against_the_list(ctx).await?.0)
    }

    /// Whether the two contradict each other.
    async fn light(&self, ctx: &Context<'_>) -> Result<StatedLight> {
        Ok(self.against_the_list(ctx).await?.1)
    }

    /// Why the light is as it is.
    async fn sentence(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.against_the_list(ctx).await?.2)
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

    #[test]
    fn a_light_tells_which_way_the_two_contradict_each_other() {
        let told = |stated, listed| StatedLight::of("pairings", stated, listed);
        assert_eq!(told(Some(16), Some(9)), (StatedLight::Yellow, "The source states 16 pairings; listed here: 9.".to_owned()));
        assert_eq!(told(Some(6), Some(6)), (StatedLight::Green, "The source states 6 pairings, and as many are listed here.".to_owned()));
        assert_eq!(told(Some(6), Some(7)).0, StatedLight::Red);
        assert_eq!([told(None, Some(7)).0, told(Some(7), None).0, told(None, None).0], [StatedLight::Grey; 3]);
    }
}
