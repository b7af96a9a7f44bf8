//! Whether a programme may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result},
    store::{Refusals, Saving, Tx},
};

/// It has a name, and no figure stated of it is below zero.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.required("name", &row.name);
    }
    if saving.sets(|row| row.stated.clone()) {
        let is_negative = row.stated.iter().any(|stated| stated.value < 0);
        refusals.refuse_if(is_negative, Code::BadInput, "stated", "“stated” has a figure below zero.");
    }
    Ok(())
}
