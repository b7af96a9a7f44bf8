//! Whether a programme may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result},
    store::{Refusals, Saving, Tx},
};

/// The longest of what a figure counts, and of who states it, in characters.
const LONGEST: usize = 500;

/// It has a name, and no figure stated of it is below zero.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.required("name", &row.name);
    }
    if saving.sets(|row| row.stated.clone()) {
        for (index, stated) in row.stated.iter().enumerate() {
            refusals.named(&format!("stated.{index}.measure"), &stated.measure, LONGEST);
            refusals.named(&format!("stated.{index}.source"), &stated.source, LONGEST);
            refusals.refuse_if(stated.value < 0, Code::BadInput, &format!("stated.{index}.value"), "A figure is not below zero.");
        }
    }
    Ok(())
}
