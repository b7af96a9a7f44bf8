//! The best assignment of two whole sides, and what departing from it costs.
mod alone;
mod assign;
mod flow;
mod instance;
mod problem;
mod residual;
mod swap;

pub use alone::{Alone, WhyAlone};
pub use assign::{Assignment, NextBest, Pair, assign};
pub use problem::{Participant, Problem, Refusal};
pub use swap::{Evaluation, Swap, cost_of_swap, evaluate};
