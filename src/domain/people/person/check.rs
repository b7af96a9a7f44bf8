//! Whether an account may be saved as it is.
use super::Row;
use crate::{base::link::is_mail_address, kernel::prelude::check::*};

/// It has a name, not too long, and an address.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, 200);
    }
    if saving.sets(|row| row.email.clone()) {
        refusals.refuse_if(!is_mail_address(&row.email), Code::BadInput, "email", "This is not an address such as “ada@example.org”.");
    }
    Ok(())
}
