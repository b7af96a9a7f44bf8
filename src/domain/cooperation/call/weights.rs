//! What counts how much when applications are matched: the call's setting, of which every version is kept.
use async_graphql::{InputObject, SimpleObject};
use hansa_matching::Weights;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::version::Version;
use crate::{
    base::{Code, text::snake},
    relay::DateValue,
    store::Refusals,
};

/// What counts how much when two applications are matched, in points. All that two can earn is 100: twice `challenges`, and `goals`, `size`, `place`, `languages`
/// and `wishes`. What is left out has its usual value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "MatchWeights", input_name = "MatchWeightsInput")]
#[serde(default)]
pub struct MatchWeights {
    /// Counts the changes of the weights.
    #[graphql(skip_input)]
    pub version: i64,
    /// The day from which on they were the newest; null where not known.
    #[graphql(skip_input)]
    pub since: Option<DateValue>,
    /// For challenges that the other's strengths meet. Counts twice, once each way, so that a score is the same from either side.
    #[graphql(default = 30)]
    pub challenges: i32,
    /// For goals of agendas in common.
    #[graphql(default = 15)]
    pub goals: i32,
    /// For populations alike.
    #[graphql(default = 8)]
    pub size: i32,
    /// For the same kind of place.
    #[graphql(default = 4)]
    pub place: i32,
    /// For languages in common.
    #[graphql(default = 8)]
    pub languages: i32,
    /// For wishes: half for each of the two that would like to work with the other or its country.
    #[graphql(default = 5)]
    pub wishes: i32,
    /// How much of what the themes of a challenge and a strength leave open texts alike fill, in percent, 0 to 100.
    #[graphql(default = 60)]
    pub text_percent: i32,
    /// How many times as large the larger may be until nothing is left of the points for size, 2 to 1,000.
    #[graphql(default = 10)]
    pub size_ratio: i32,
    /// How many languages in common earn all points for languages, 1 to 5.
    #[graphql(default = 1)]
    pub languages_wanted: i32,
}

/// The usual ones, which the inputs' defaults repeat.
impl Default for MatchWeights {
    fn default() -> Self {
        let usual = Weights::default();
        Self {
            version: usual.version,
            since: None,
            challenges: usual.challenges.into(),
            goals: usual.goals.into(),
            size: usual.size.into(),
            place: usual.place.into(),
            languages: usual.languages.into(),
            wishes: usual.wishes.into(),
            text_percent: usual.text_percent.into(),
            size_ratio: usual.size_ratio.into(),
            languages_wanted: usual.languages_wanted.into(),
        }
    }
}

impl Version for MatchWeights {
    const CALLED: &'static str = "weights";

    fn number(&self) -> i64 {
        self.version
    }

    fn of_version(self, version: i64, since: Option<Date>) -> Self {
        Self { version, since: since.map(DateValue), ..self }
    }
}

impl MatchWeights {
    /// As scores are reckoned by them. What is no such number is as high as none may be, and so refused by [`check`].
    pub fn reckoned(&self) -> Weights {
        let small = |value: i32| u8::try_from(value).unwrap_or(u8::MAX);
        Weights {
            version: self.version,
            challenges: small(self.challenges),
            goals: small(self.goals),
            size: small(self.size),
            place: small(self.place),
            languages: small(self.languages),
            wishes: small(self.wishes),
            text_percent: small(self.text_percent),
            size_ratio: u16::try_from(self.size_ratio).unwrap_or(u16::MAX),
            languages_wanted: small(self.languages_wanted),
        }
    }
}

/// Scores can be reckoned by them.
pub(super) fn check(weights: &MatchWeights, field: &str, refusals: &mut Refusals) {
    for fault in weights.reckoned().check().err().into_iter().flatten() {
        refusals.refuse_if(true, Code::BadInput, &format!("{field}.{}", snake(fault.path)), fault.sentence);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{InputType, Value};

    use super::*;
    use crate::store::Surface;

    fn is_taken(weights: &MatchWeights) -> bool {
        let mut refusals = Refusals::new(Surface::Record);
        check(weights, "weights", &mut refusals);
        refusals.end().is_ok()
    }

    #[test]
    fn an_input_that_leaves_out_all_says_the_usual() {
        let said = MatchWeights::parse(Some(Value::Object(Default::default()))).map_err(|_| ()).expect("an input");
        assert!(said.says_as(&MatchWeights::default()));
        assert!(is_taken(&MatchWeights::default()));
    }

    #[test]
    fn all_points_are_a_hundred_and_no_number_is_out_of_its_range() {
        let usual = MatchWeights::default();
        assert!(is_taken(&MatchWeights { challenges: 35, goals: 5, ..usual.clone() }));
        for wrong in [
            MatchWeights { challenges: 31, ..usual.clone() },
            MatchWeights { challenges: -30, ..usual.clone() },
            MatchWeights { text_percent: 101, ..usual.clone() },
            MatchWeights { size_ratio: 70_000, ..usual.clone() },
            MatchWeights { languages_wanted: 0, ..usual },
        ] {
            assert!(!is_taken(&wrong), "{wrong:?}");
        }
    }
}
