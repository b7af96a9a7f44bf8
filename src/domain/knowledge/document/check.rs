//! Whether a document may be saved as it is.
use super::Row;
use crate::{base::link::may_lead, kernel::prelude::check::*};

/// A link leads to the web.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    if saving.sets(|row| row.link.clone()) {
        refusals.take(may_lead(saving.after.link.as_deref(), &refusals.path(refusals.either("link", "url"))))?;
    }
    Ok(())
}
