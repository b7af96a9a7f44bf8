//! Whether a practice may be saved as it is.
use iso_currency::Currency;

use super::Row;
use crate::{
    base::{Code, Result},
    domain::pairing,
    kernel::life::LONGEST_REASON,
    store::{Refusals, Saving, Tx},
};

/// Stakeholders, amounts and figures at the most.
const MOST: usize = 200;
/// The longest of what names one of them.
const LONGEST: usize = 500;

/// Its days are in order, its money can be money, it comes from a pairing of its city.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.started_on.clone(), row.ended_on.clone())) {
        let late = row.started_on.as_ref().zip(row.ended_on.as_ref()).is_some_and(|(start, end)| start.0 > end.0);
        let message = format!("“{}” lies before “{}”.", refusals.name("ended_on"), refusals.name("started_on"));
        refusals.refuse_if(late, Code::BadInput, "ended_on", message);
    }
    if saving.sets(|row| row.money.clone()) {
        refusals.too_many("money", row.money.len(), MOST);
        for (index, money) in row.money.iter().enumerate() {
            refusals.too_long(&format!("money.{index}.what"), money.what.as_deref(), LONGEST);
            let currency = format!("money.{index}.currency");
            let message = format!("“{}” is no currency; give its code of three capital letters (ISO 4217), such as “EUR”.", money.currency);
            refusals.refuse_if(Currency::from_code(&money.currency).is_none(), Code::BadInput, &currency, message);
            let is_amount = money.amount.is_finite() && money.amount >= 0.0;
            refusals.refuse_if(!is_amount, Code::BadInput, &format!("money.{index}.amount"), "An amount is not negative.");
        }
    }
    if saving.sets(|row| row.stakeholders.clone()) {
        refusals.too_many("stakeholders", row.stakeholders.len(), MOST);
        for (index, stakeholder) in row.stakeholders.iter().enumerate() {
            refusals.named(&format!("stakeholders.{index}"), stakeholder, LONGEST);
        }
    }
    if saving.sets(|row| row.indicators.clone()) {
        refusals.too_many("indicators", row.indicators.len(), MOST);
        for (index, indicator) in row.indicators.iter().enumerate() {
            refusals.named(&format!("indicators.{index}.name"), &indicator.name, LONGEST);
            refusals.too_long(&format!("indicators.{index}.unit"), indicator.unit.as_deref(), LONGEST);
            refusals.refuse_if(!indicator.value.is_finite(), Code::BadInput, &format!("indicators.{index}.value"), "A figure is a number.");
        }
    }
    refusals.too_long(
        "withdrawn_reason",
        row.withdrawn_reason.as_deref().filter(|_| saving.sets(|row| row.withdrawn_reason.clone())),
        LONGEST_REASON,
    );
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
