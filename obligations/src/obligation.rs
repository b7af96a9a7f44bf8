//! What is told of an obligation.
use jiff::civil::Date;

use crate::{
    facts::{Postponement, Risk, Waiver},
    kind::{Key, Light, State},
};

/// From so many months before its last day on an obligation is due; support that ends is told so long before.
pub const DUE_LEAD_MONTHS: i32 = 1;

/// How often an obligation may be postponed.
pub const MOST_POSTPONEMENTS: usize = 3;

/// Something that is owed, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub key: Key,
    /// The first day on which it is due; none where unknown.
    pub due_from: Option<Date>,
    /// The last day to do it, postponed or not; none where unknown, or where the rules name none.
    pub due_by: Option<Date>,
    /// The last day before anything was postponed.
    pub first_due_by: Option<Date>,
    pub met_on: Option<Date>,
    pub waived: Option<Waiver>,
    /// Those granted by then, the earliest first: three at most.
    pub postponements: Vec<Postponement>,
    /// What members say of it by then.
    pub risks: Vec<Risk>,
    pub state: State,
    pub light: Light,
    /// Why, in English, naming the fact and the rule.
    pub sentence: String,
    /// The version of the rules by which it is judged; none where they have none for it.
    pub rules_version: Option<i64>,
    /// The day as of which it is judged: the one asked about, or that on which the pairing ended or was completed.
    pub as_of: Date,
}
