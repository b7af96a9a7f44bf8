//! What people fill in of an assessment.
use super::{Assessment, Row, row::CriterionVerdict, score::MOST_POINTS};
use crate::kernel::{life::LONGEST_REASON, prelude::fields::*};

/// The longest comment, in characters.
const LONGEST_COMMENT: usize = 20_000;

item!(CriterionVerdict, CriterionVerdict => |input| CriterionVerdict { criterion: input.criterion.trim().to_owned(), ..input });

columns!(Assessment {
    verdicts: "A verdict by each criterion.".changed("A verdict by each criterion, all anew.").rule(are_verdicts, 5_000),
    comment: "What the assessor thinks of the whole, up to 20,000 characters."
        .changed("What the assessor thinks of the whole; null forgets it.")
        .longest(LONGEST_COMMENT),
    interest: "What the assessor declared of their interest.".only_recorded().longest(LONGEST_REASON),
    declared_on: "The day they declared it.".only_recorded(),
    submitted_at: "When it was handed in.".only_recorded(),
    withdrawn_reason: "Why it was taken back.".only_recorded().longest(LONGEST_REASON),
});

fn are_verdicts(verdicts: &Json<Vec<CriterionVerdict>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, verdict) in verdicts.iter().enumerate() {
        let at = |name: &str| format!("{field}.{index}.{name}");
        let message = format!("A criterion is given 0 to {MOST_POINTS} points.");
        refusals.refuse_if(!(0..=MOST_POINTS).contains(&verdict.points), Code::BadInput, &at("points"), message);
        refusals.too_long(&at("comment"), verdict.comment.as_deref(), longest);
        let is_twice = verdicts[..index].iter().any(|other| other.criterion == verdict.criterion);
        refusals.refuse_if(is_twice, Code::BadInput, &at("criterion"), format!("“{}” is judged twice.", verdict.criterion));
    }
    Ok(())
}
