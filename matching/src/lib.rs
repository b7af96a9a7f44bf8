//! Who fits whom in a call, and which pairs are best for all at once. Pure functions: no database, no clock, no chance; the same input gives the same answer in whatever
//! order it comes. What they answer can be kept as JSON.
//!
//! **Scores.** [`score()`] tells how well two applicants fit, from 0 to 100, with one [`Reason`] per aspect whose points add up to the total; [`rank()`] orders the other side
//! for one applicant; [`total`] is the bare figure, for whole tables. What counts how much are [`Weights`], the call's setting.
//!
//! | reason | its share of the whole (0 to 1) |
//! |---|---|
//! | `OwnChallenges`, `TheirChallenges` | Σ importance × degree of the best strength, ÷ Σ importance |
//! | `Goals` | 2 · common ÷ (own + theirs) (Sørensen–Dice) |
//! | `Size` | 1 − log(larger ÷ smaller population) ÷ log(`size_ratio`), not below 0 |
//! | `Place` | 1 where the kinds of place are the same |
//! | `Languages` | common ÷ `languages_wanted`, not above 1 |
//! | `Wishes` | ½ for each of the two that prefers the other or its country |
//!
//! The **degree** to which a strength meets a challenge is `t + (1 − t) · likeness · text_percent ÷ 100`. `t` is how near their themes are in the tree: `2 · d(c) ÷ (d(a) + d(b))`,
//! where d is the depth (1 for a root) and c the nearest theme above both (Wu and Palmer, 1994): the same theme is 1, siblings under a root are ½, other trees 0.
//! The likeness of the two texts, 0 to 1, is the caller's ([`Likeness`]): this crate reads no language.
//!
//! **Rounding.** Shares are whole ten-thousandths, so that sums do not depend on order. The total is the sum rounded half up; each reason gets its whole points, and what is
//! missing to the total goes, a point each, to the largest remainders. A score is the same from either side, and reasons are mirrored.
//!
//! **Assignments.** [`assign()`] finds the assignment of two sides with the highest *value*: the sum of the scores less what staying alone costs each who does; of equal ones
//! that with more pairs. It is a minimum-cost flow, solved exactly in whole numbers. What follows from it is read off the shortest ways through the residual network
//! (Floyd–Warshall, once): an assignment that differs in a pair differs by cycles of it, and the cheapest cycle through a pair is what it costs to forbid or to force that pair.
//! 200 × 200 take 0.2 s of a core, twice that where most serve several partners; 400 × 400 take 1.6 s (`examples/matching_figures.rs`).
mod applicant;
mod assigning;
mod scoring;
#[cfg(test)]
mod tests;
mod themes;
mod words;

pub use applicant::{Applicant, Line, Named, Wishes};
pub use assigning::{
    Alone, Assignment, Evaluation, NextBest, Pair, Participant, Problem, Refusal, Swap, WhyAlone, assign, cost_of_swap, evaluate,
};
pub use scoring::{
    Excluded, Likeness, Match, NoLikeness, Ranked, Reason, ReasonKind, Score, SettingFault, Weights, WhyExcluded, rank, score, total,
};
pub use themes::{Themes, UnknownTheme};
