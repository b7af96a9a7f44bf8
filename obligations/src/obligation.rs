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

/// What the days of an obligation are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The pairing was made.
    Match,
    /// The cooperation began.
    Start,
    /// The member joined.
    Joined,
    /// A version of the rules that asks for reports took the place of one that did not.
    RulesChanged,
}

/// The fact and the rule that an obligation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    pub fact: Fact,
    /// The day of the fact; none where unknown.
    pub since: Option<Date>,
    /// How many months after it the obligation is due; none where the rules name no day.
    pub months: Option<i32>,
    /// Of reports: every how many months.
    pub every: Option<i32>,
    /// The version of the rules; none where there are no rules at all.
    pub version: Option<i64>,
}

/// Something that is owed, as it stands on a day. [`Obligation::sentence`] says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub key: Key,
    pub basis: Basis,
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
    /// The day as of which it is judged: the one asked about, or that on which the pairing ended or was completed.
    pub as_of: Date,
    /// Whether the pairing has ended or was completed.
    pub is_closed: bool,
}
