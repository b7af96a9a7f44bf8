//! Whether a practice may be saved as it is.
use super::Row;
use crate::{
    base::{Code, Result},
    domain::pairing,
    store::{Refusals, Saving, Tx},
};

/// Stakeholders at the most.
const MOST_STAKEHOLDERS: usize = 200;

/// Its days are in order, its money can be money, it comes from a pairing of its city.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.started_on.clone(), row.ended_on.clone())) {
        let late = row.started_on.as_ref().zip(row.ended_on.as_ref()).is_some_and(|(start, end)| start.0 > end.0);
        let message = format!("“{}” lies before “{}”.", refusals.name("ended_on"), refusals.name("started_on"));
        refusals.refuse_if(late, Code::BadInput, "ended_on", message);
    }
    if saving.sets(|row| row.money.clone()) {
        for (index, money) in row.money.iter().enumerate() {
            let is_code = money.currency.len() == 3 && money.currency.bytes().all(|byte| byte.is_ascii_uppercase());
            let currency = format!("money.{index}.currency");
            refusals.refuse_if(!is_code, Code::BadInput, &currency, "A currency has three capital letters (ISO 4217), such as “EUR”.");
            let is_amount = money.amount.is_finite() && money.amount >= 0.0;
            refusals.refuse_if(!is_amount, Code::BadInput, &format!("money.{index}.amount"), "An amount is not negative.");
        }
    }
    if saving.sets(|row| row.stakeholders.clone()) {
        let message = format!("At most {MOST_STAKEHOLDERS} stakeholders are allowed.");
        refusals.refuse_if(row.stakeholders.len() > MOST_STAKEHOLDERS, Code::TooLong, "stakeholders", message);
    }
    if saving.sets(|row| (row.city, row.pairing))
        && let Some(pairing) = row.pairing
    {
        let is_member = pairing::members(tx, pairing).await?.contains(&row.city.uuid());
        refusals.refuse_if(!is_member, Code::BadInput, "pairing", "The city is not a city of this pairing.");
    }
    if saving.sets(|row| row.successor) {
        refusals.refuse_if(row.successor == Some(row.id), Code::BadInput, "successor", "A practice does not succeed itself.");
    }
    Ok(())
}
