//! Whether an agenda may be saved as it is.
use super::Row;
use crate::{
    base::Result,
    domain::theme::check_labels,
    store::{Refusals, Saving, Tx},
};

/// The longest name, in characters.
const LONGEST: usize = 300;

/// It has a name, and none of its labels is empty.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, LONGEST);
    }
    if saving.sets(|row| row.labels.clone()) {
        check_labels(&row.labels, LONGEST, refusals);
    }
    if saving.sets(|row| row.description.clone()) {
        refusals.too_long("description", row.description.as_deref(), 5_000);
    }
    Ok(())
}
