//! What is owed, and how it may stand.
use std::{fmt, str::FromStr};

/// What a member or the pairing owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    SignAgreement,
    NamePriority,
    DeliverPlan,
    StartPilot,
    Report,
    /// To cooperate as long as was promised.
    ReachMinimum,
    /// Not owed, but to be known: the programme's support ends.
    EndOfSupport,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::SignAgreement,
        Self::NamePriority,
        Self::DeliverPlan,
        Self::StartPilot,
        Self::Report,
        Self::ReachMinimum,
        Self::EndOfSupport,
    ];

    /// `DELIVER_PLAN`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignAgreement => "SIGN_AGREEMENT",
            Self::NamePriority => "NAME_PRIORITY",
            Self::DeliverPlan => "DELIVER_PLAN",
            Self::StartPilot => "START_PILOT",
            Self::Report => "REPORT",
            Self::ReachMinimum => "REACH_MINIMUM",
            Self::EndOfSupport => "END_OF_SUPPORT",
        }
    }

    /// Whether its day can be postponed: a length can't, its rule would have to change.
    pub const fn is_task(self) -> bool {
        !matches!(self, Self::ReachMinimum | Self::EndOfSupport)
    }
}

/// What tells an obligation from the others of its pairing, whatever happens. Written `SIGN_AGREEMENT:lyon`, `REPORT:3`, `DELIVER_PLAN`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub kind: Kind,
    /// Of a report, from 1.
    pub number: Option<u32>,
    /// The key of the member that has to sign.
    pub member: Option<String>,
}

impl Key {
    pub const fn of(kind: Kind) -> Self {
        Self { kind, number: None, member: None }
    }

    pub const fn report(number: u32) -> Self {
        Self { kind: Kind::Report, number: Some(number), member: None }
    }

    pub fn signature(member: impl Into<String>) -> Self {
        Self { kind: Kind::SignAgreement, number: None, member: Some(member.into()) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind.name())?;
        match (self.number, &self.member) {
            (Some(number), _) => write!(out, ":{number}"),
            (None, Some(member)) => write!(out, ":{member}"),
            (None, None) => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, rest) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        let key = match (kind, rest) {
            (Some(Kind::SignAgreement), Some(member)) if !member.is_empty() => Some(Self::signature(member)),
            (Some(Kind::Report), Some(number)) => number.parse().ok().filter(|number| *number > 0).map(Self::report),
            (Some(kind), None) if !matches!(kind, Kind::SignAgreement | Kind::Report) => Some(Self::of(kind)),
            _ => None,
        };
        key.ok_or_else(|| format!("“{text}” names no obligation: write DELIVER_PLAN, REPORT:3 or SIGN_AGREEMENT:the member's key."))
    }
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    NotDue,
    Due,
    Overdue,
    Met,
    /// An officer does without it, with a reason.
    Waived,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    Green,
    /// Due, or said to be at risk.
    Yellow,
    /// Overdue.
    Red,
    /// Its day is unknown.
    Grey,
}
