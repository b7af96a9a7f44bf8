//! What people fill in of an interest.
use super::{Interest, Row};
use crate::{
    kernel::prelude::fields::*,
    store::{Saving, Tx},
};

/// The longest note and answer, in characters.
const LONGEST: usize = 2_000;

columns!(Interest {
    note: "Why the city would be a partner, what it brings and what it hopes for, up to 2,000 characters.".longest(LONGEST),
    answer: "What the practice's city answers.".only_recorded().longest(LONGEST),
    answered_on: "The day of the answer.".only_recorded(),
}, slug: "Made of the names of city and practice where not given.");

/// Another city is interested than the one that did it, unless that is over.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    let is_own = saving.sets(|row| (row.owner, row.city)) && row.owner == row.city && row.is_standing();
    refusals.refuse_if(is_own, Code::BadInput, "city", "This city did it itself; another one may be its partner.");
    Ok(())
}
