//! Tried through the crate's own face.
use crate::*;

mod brute;
mod hand;
mod large;
mod scores;

/// A participant with one place, whom it costs nothing to stay alone.
pub fn one(key: &str) -> Participant {
    Participant { key: key.to_owned(), name: key.to_uppercase(), capacity: 1, alone_cost: 0 }
}

/// A problem of named sides with its table of scores; -1 is none.
pub fn problem(left: &[&str], right: &[&str], scores: &[&[i32]]) -> Problem {
    let scores = scores.iter().map(|row| row.iter().map(|score| u8::try_from(*score).ok()).collect()).collect();
    let side = |keys: &[&str]| keys.iter().map(|key| one(key)).collect();
    Problem { left: side(left), right: side(right), scores, ..Problem::default() }
}

pub fn pair(left: &str, right: &str) -> (String, String) {
    (left.to_owned(), right.to_owned())
}

pub fn pairs(assignment: &Assignment) -> Vec<(String, String)> {
    assignment.pairs.iter().map(|one| pair(&one.left, &one.right)).collect()
}

/// Numbers that look like chance, and are the same each time (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
