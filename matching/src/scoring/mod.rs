//! How well two fit, and why.
mod likeness;
mod points;
mod rank;
mod reason;
mod score;
mod shares;
mod weights;

pub use likeness::{Likeness, NoLikeness};
pub use rank::{Ranked, rank};
pub use reason::{Reason, ReasonKind};
pub use score::{Excluded, Score, WhyExcluded, score, total};
pub use shares::Match;
pub use weights::{SettingFault, Weights};
