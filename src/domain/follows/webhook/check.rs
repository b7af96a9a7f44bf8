//! Whether a webhook may be saved as it is.
use super::Row;
use crate::kernel::prelude::check::*;

/// It has a name.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &saving.after.name, 200);
    }
    Ok(())
}
