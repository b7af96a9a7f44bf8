//! How much two texts say the same: asked of the caller, who knows languages.
use crate::applicant::Line;

/// Tells how alike a challenge and a strength are.
pub trait Likeness {
    /// 0 (nothing in common) to 1 (the same); what is outside is taken as the nearest of these, and what is no number as 0.
    fn of(&self, challenge: &Line, strength: &Line) -> f64;
}

impl<F: Fn(&Line, &Line) -> f64> Likeness for F {
    fn of(&self, challenge: &Line, strength: &Line) -> f64 {
        self(challenge, strength)
    }
}

/// Themes alone decide.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLikeness;

impl Likeness for NoLikeness {
    fn of(&self, _: &Line, _: &Line) -> f64 {
        0.0
    }
}
