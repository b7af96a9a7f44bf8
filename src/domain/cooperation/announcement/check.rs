//! Whether an announcement may be saved as it is.
use super::Row;
use crate::kernel::prelude::check::*;

/// Claims at the most.
const MOST: usize = 200;
/// The longest claim, in characters.
const LONGEST: usize = 300;
/// The longest of an announcement's own words, in characters.
const LONGEST_VERBATIM: usize = 5_000;

/// It was published, and what it says of a city is said.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let (row, today) = (saving.after, tx.now().day());
    if saving.sets(|row| row.published_on.clone()) {
        refusals.still_to_come("published_on", Some(row.published_on.0), today);
    }
    if saving.sets(|row| row.claims.clone()) {
        refusals.too_many("claims", row.claims.len(), MOST);
        for (index, claim) in row.claims.iter().enumerate() {
            refusals.named(&format!("claims.{index}.claim"), &claim.claim, LONGEST);
            refusals.still_to_come(&format!("claims.{index}.said_on"), claim.said_on, today);
            refusals.too_long(&format!("claims.{index}.verbatim"), claim.verbatim.as_deref(), LONGEST_VERBATIM);
        }
    }
    Ok(())
}
