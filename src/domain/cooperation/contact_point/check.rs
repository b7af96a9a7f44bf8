//! Whether a contact point may be saved as it is.
use super::Row;
use crate::{domain::sharing::is_of_programme, kernel::prelude::check::*};

/// It is everyone's, or its programme's.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| (row.audience.clone(), row.programme)) {
        is_of_programme(&saving.after.audience, saving.after.programme, refusals);
    }
    Ok(())
}
