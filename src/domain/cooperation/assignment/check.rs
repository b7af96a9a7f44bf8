//! Whether an assignment may be saved as it is.
use super::{Row, outcome::Tie};
use crate::{domain::call::Terms, kernel::prelude::check::*};

/// The dearest that staying alone may be, in points.
const DEAREST: u32 = 100_000;
/// Pairs at the most.
const MOST: usize = 40_000;

/// It is of its call's programme, its figures are in their ranges, and nobody is paired with themselves, or twice with another.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| (row.call, row.programme))
        && let Some(terms) = Terms::of(tx, saving.after.call).await?
    {
        let is_other = terms.programme() != saving.after.programme;
        refusals.refuse_if(is_other, Code::BadInput, "programme", "Its call is one of another programme.");
    }
    let (settings, outcome) = (&saving.after.settings, &saving.after.outcome);
    if saving.sets(|row| row.settings.clone()) {
        refusals.refuse_if(settings.minimum_score > 100, Code::BadInput, "minimum_score", "Scores are 0 to 100.");
        let message = format!("Staying alone costs 0 to {DEAREST} points.");
        refusals.refuse_if(settings.alone_cost > DEAREST, Code::BadInput, "alone_cost", message);
        refusals.refuse_if(settings.left == settings.right, Code::BadInput, "sides", "Name two different sides of the call.");
        refusals.too_many("must", settings.must.len(), MOST);
        refusals.too_many("must_not", settings.must_not.len(), MOST);
    }
    if saving.sets(|row| row.outcome.clone()) {
        let ties: Vec<Tie> = outcome.pairs.iter().map(|pair| pair.tie).collect();
        refusals.too_many("pairs", ties.len(), MOST);
        for (index, tie) in ties.iter().enumerate().take(MOST) {
            let place = format!("pairs.{index}");
            refusals.refuse_if(tie.left == tie.right, Code::BadInput, &place, "Nobody is paired with themselves.");
        }
        let mut sorted: Vec<_> = ties.iter().map(|tie| (tie.left, tie.right)).collect();
        sorted.sort_unstable();
        let is_twice = sorted.windows(2).any(|two| two[0] == two[1]);
        refusals.refuse_if(is_twice, Code::BadInput, "pairs", "The same two are paired twice.");
    }
    Ok(())
}
