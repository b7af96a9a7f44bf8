//! What counts how much.
use serde::{Deserialize, Serialize};

/// The weights of a call, in points: together they are 100. Fields that a stored setting lacks have their defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Counts the changes of the setting; a kept assignment names the version it was made by.
    pub version: i64,
    /// For challenges met by the other's strengths. Counts twice, once each way, so that a score is the same from either side.
    pub challenges: u8,
    /// For goals of agendas in common.
    pub goals: u8,
    /// For populations alike.
    pub size: u8,
    /// For the same kind of place.
    pub place: u8,
    /// For languages in common.
    pub languages: u8,
    /// For wishes: half for each of the two that prefers the other.
    pub wishes: u8,
    /// How much of what the themes leave open a text alike fills, in percent.
    pub text_percent: u8,
    /// How many times as large the larger may be until nothing is left of the points for size; 2 to 1,000.
    pub size_ratio: u16,
    /// How many languages in common earn all points; 1 to 5.
    pub languages_wanted: u8,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            version: 1,
            challenges: 30,
            goals: 15,
            size: 8,
            place: 4,
            languages: 8,
            wishes: 5,
            text_percent: 60,
            size_ratio: 10,
            languages_wanted: 1,
        }
    }
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// The field.
    pub path: &'static str,
    pub sentence: String,
}

impl Weights {
    /// Whether such a setting may be.
    pub fn check(&self) -> Result<(), Vec<SettingFault>> {
        let mut faults = Vec::new();
        let points = [self.challenges, self.challenges, self.goals, self.size, self.place, self.languages, self.wishes];
        let sum: u32 = points.into_iter().map(u32::from).sum();
        if sum != 100 {
            let sentence = format!(
                "The points of all reasons are {sum} together, and must be 100: twice challenges ({}), goals ({}), size ({}), place ({}), languages ({}) and wishes ({}).",
                self.challenges, self.goals, self.size, self.place, self.languages, self.wishes
            );
            faults.push(SettingFault { path: "challenges", sentence });
        }
        let ranges = [
            ("textPercent", "percentage of the texts", u64::from(self.text_percent), 0, 100),
            ("sizeRatio", "ratio of populations", u64::from(self.size_ratio), 2, 1_000),
            ("languagesWanted", "number of languages", u64::from(self.languages_wanted), 1, 5),
        ];
        for (path, called, value, least, most) in ranges {
            if !(least..=most).contains(&value) {
                faults.push(SettingFault { path, sentence: format!("The {called} is {value}, and must be {least} to {most}.") });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}
