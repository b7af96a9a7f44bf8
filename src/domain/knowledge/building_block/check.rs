//! Whether a building block may be saved as it is.
use super::{Row, row::State};
use crate::{domain::practice, kernel::prelude::check::*};

/// What a withdrawn practice told is told no longer, by its building blocks neither.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if row.state == State::Active && saving.sets(|row| (row.practice, row.state)) {
        let is_withdrawn = practice::homes(tx, &[row.practice.uuid()]).await?.iter().any(|home| home.is_withdrawn);
        let told = "The practice was withdrawn, and its building blocks with it; name one that stands.";
        refusals.refuse_if(is_withdrawn, Code::WrongState, "practice", told);
    }
    Ok(())
}
