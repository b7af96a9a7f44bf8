//! Whether a webhook may be saved as it is.
use super::Row;
use crate::{
    base::Result,
    store::{Refusals, Saving, Tx},
};

/// It has a name.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &saving.after.name, 200);
    }
    Ok(())
}
