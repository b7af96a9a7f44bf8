//! Whether an adoption may be saved as it is.
use jiff::civil::Date;

use super::{
    Row,
    row::{Reached, State},
};
use crate::kernel::prelude::check::*;

/// The days on which the two cities consented.
const CONSENTS: [(&str, fn(&Row) -> Option<Date>); 2] = [
    ("owner_consented_on", |row| row.owner_consented_on.as_ref().map(|day| day.0)),
    ("city_consented_on", |row| row.city_consented_on.as_ref().map(|day| day.0)),
];

/// The two cities differ, phases and days are in order, and there is an outcome where it is concluded and nowhere else.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let (row, today) = (saving.after, tx.now().day());
    // Where the practice became the city's own, its adoption is over.
    let is_own = saving.sets(|row| (row.owner, row.city)) && row.owner == row.city && row.state != State::Withdrawn;
    refusals.refuse_if(is_own, Code::BadInput, "city", "This city did it itself; another one may take it up.");
    let is_itself = saving.sets(|row| row.becomes) && row.becomes == Some(row.practice);
    refusals.refuse_if(is_itself, Code::BadInput, "becomes", "It became another practice than the one that was taken up.");
    if saving.sets(|row| row.phases.clone()) {
        check_phases(&row.phases, today, refusals);
    }
    if saving.sets(|row| (row.state, row.outcome)) {
        let is_open = row.state == State::Concluded && row.outcome.is_none();
        refusals.refuse_if(is_open, Code::Required, "outcome", "Say what came of it: it works, partly, or it failed.");
        let is_early = row.state != State::Concluded && row.outcome.is_some();
        refusals.refuse_if(is_early, Code::BadInput, "outcome", "It has an outcome, so its state is that it is concluded.");
    }
    if saving.sets(|row| (row.phases.clone(), row.concluded_on.clone())) {
        let concluded = row.concluded_on.as_ref().map(|day| day.0);
        refusals.still_to_come("concluded_on", concluded, today);
        let last = row.phases.iter().filter_map(|reached| reached.on).max();
        if let Some((concluded, last)) = concluded.zip(last).filter(|(concluded, last)| concluded < last) {
            let message = format!("Its last phase was reached on {last}, after {concluded}; tell that day or a later one.");
            refusals.refuse_if(true, Code::BadInput, "concluded_on", message);
        }
    }
    for (field, of) in CONSENTS {
        if saving.sets(of) {
            refusals.still_to_come(field, of(row), today);
        }
    }
    Ok(())
}

/// Phases go forward only, and so do their days, none of which is to come.
fn check_phases(phases: &[Reached], today: Date, refusals: &mut Refusals) {
    let (phase, on) = (refusals.either("phase", "phases").to_owned(), refusals.either("reached_on", "phases").to_owned());
    refusals.refuse_if(phases.is_empty(), Code::Required, &phase, "Say which phase was reached.");
    let is_backwards = phases.windows(2).any(|pair| pair[0].phase as u8 >= pair[1].phase as u8);
    refusals.refuse_if(is_backwards, Code::BadInput, &phase, "Phases go forward only: interest, understand, adapt, re-use, each once.");
    let mut earlier: Option<Date> = None;
    for day in phases.iter().filter_map(|reached| reached.on) {
        refusals.still_to_come(&on, Some(day), today);
        let message = earlier.map(|earlier| format!("{day} lies before {earlier}, on which the phase before was reached."));
        refusals.refuse_if(earlier.is_some_and(|earlier| day < earlier), Code::BadInput, &on, message.unwrap_or_default());
        earlier = Some(day);
    }
}
