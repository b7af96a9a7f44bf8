//! What kinds count in a search: what people come for first.
//!
//! A gentle weight: the score of a hit is multiplied by it, so of two that match about as well the practice comes before the document and the document before the goal, while
//! a clearly better match stays before. What is called as the question says counts half as much again (`search::matching::boosts`), so an exact name leads. How the steps were
//! chosen is told by `benches/demonstration`, in `benches/README.md`.

/// What people come for: what cities did, who they are, and with whom they work.
const FIRST: f32 = 1.0;
/// What tells of it: where it is presented, written down, organised.
const SECOND: f32 = 0.8;
/// What it is sorted by. Their texts are a line each, so a word in them is most of what they say.
const THIRD: f32 = 0.6;

/// The kinds that count less than the first ones.
const WEIGHTS: [(&str, f32); 16] = [
    ("programme", SECOND),
    ("call", SECOND),
    ("announcement", SECOND),
    ("application", SECOND),
    ("building_block", SECOND),
    ("faq", SECOND),
    ("contact_point", SECOND),
    ("seminar", SECOND),
    ("adoption", SECOND),
    ("document", SECOND),
    ("agreement", SECOND),
    ("organisation", SECOND),
    ("involvement", THIRD),
    ("theme", THIRD),
    ("goal", THIRD),
    ("agenda", THIRD),
];

/// What a hit of a kind counts; 1 for practices, cities, pairings and whatever is not told of here.
pub fn search_weight(kind: &str) -> f32 {
    WEIGHTS.iter().find(|(own, _)| *own == kind).map_or(FIRST, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entry_of;

    #[test]
    fn practices_come_before_documents_and_these_before_goals() {
        for (before, behind) in
            [("practice", "document"), ("city", "seminar"), ("pairing", "seminar"), ("document", "theme"), ("seminar", "goal")]
        {
            assert!(search_weight(before) > search_weight(behind), "{before} before {behind}");
        }
        assert!(WEIGHTS.iter().all(|(kind, weight)| entry_of(kind).is_some() && (0.5..FIRST).contains(weight)));
    }
}
