//! Whether an involvement may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result},
    store::{Refusals, Saving, Tx},
};

/// It tells a phase at least, each once; its days are in order.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.phases.clone()) {
        refusals.refuse_if(row.phases.is_empty(), Code::Required, "phases", "Say in which phases the organisation takes part.");
        let is_twice = row.phases.iter().enumerate().any(|(index, phase)| row.phases[..index].contains(phase));
        refusals.refuse_if(is_twice, Code::BadInput, "phases", "A phase is named twice.");
    }
    if saving.sets(|row| row.role.clone()) {
        refusals.too_long("role", row.role.as_deref(), 300);
    }
    if saving.sets(|row| (row.from.clone(), row.to.clone())) {
        let late = row.from.as_ref().zip(row.to.as_ref()).is_some_and(|(from, to)| from.0 > to.0);
        let message = format!("“{}” lies before “{}”.", refusals.name("to"), refusals.name("from"));
        refusals.refuse_if(late, Code::BadInput, "to", message);
    }
    Ok(())
}
