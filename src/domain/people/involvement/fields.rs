//! What people fill in of an involvement.
use super::{Involvement, Row, row::Phase};
use crate::{
    kernel::prelude::fields::*,
    store::{Saving, Tx},
};

columns!(Involvement {
    phases: "In which phases of the work, one at least.".changed("In which phases of the work, all anew.").needed().rule(are_phases, 0),
    role: "As what, up to 300 characters.".changed("As what; null forgets it.").longest(300),
    support: "What it gives.".changed("What it gives, all anew."),
    from: "The first day.",
    to: "The last day.",
    contact: "Who speaks for the organisation here.".changed("Who speaks for the organisation here; null forgets it.").unrecorded(),
});

fn are_phases(phases: &Json<Vec<Phase>>, field: &str, _: usize, refusals: &mut Refusals) -> Result<()> {
    refusals.refuse_if(phases.is_empty(), Code::Required, field, "Say in which phases the organisation takes part.");
    let is_twice = phases.iter().enumerate().any(|(index, phase)| phases[..index].contains(phase));
    refusals.refuse_if(is_twice, Code::BadInput, field, "A phase is named twice.");
    Ok(())
}

/// Its days are in order.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    refusals.days(saving, ("from", |row| row.from.as_deref()), ("to", |row| row.to.as_deref()));
    Ok(())
}
