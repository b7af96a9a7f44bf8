//! Whether an agenda may be saved as it is.
use super::Row;
use crate::kernel::{label, prelude::check::*};

/// It has a name, and none of its labels is empty.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    label::check(saving, refusals)?;
    let row = saving.after;
    if saving.sets(|row| row.description.clone()) {
        refusals.too_long("description", row.description.as_deref(), 5_000);
    }
    Ok(())
}
