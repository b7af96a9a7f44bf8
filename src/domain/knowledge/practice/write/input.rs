//! What several of the inputs share.
use async_graphql::InputObject;

use super::super::row;
use crate::{
    access::{Act, Owners},
    base::{Code, Error, Refusal, Result},
    kernel::text::Fields,
    relay::DateValue,
    store::{Json, Tx},
};

/// An amount of money spent.
#[derive(Clone, Debug, InputObject)]
pub struct MoneySpentInput {
    /// The amount in whole units of the currency, not negative.
    pub amount: f64,
    /// ISO 4217, three letters.
    pub currency: String,
    /// The year the amount is told for.
    pub year: Option<i32>,
    /// What it was spent on.
    pub what: Option<String>,
}

/// A result in figures.
#[derive(Clone, Debug, InputObject)]
pub struct IndicatorInput {
    /// What was measured.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: Option<String>,
    /// The year measured.
    pub year: Option<i32>,
}

/// The rows of the amounts, checked.
pub(super) fn money(list: &[MoneySpentInput]) -> Result<Json<Vec<row::Money>>> {
    let mut refusals = Vec::new();
    for (index, money) in list.iter().enumerate() {
        if money.currency.len() != 3 || !money.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            refusals.push(Refusal::new(
                Code::BadInput,
                format!("input.money.{index}.currency"),
                "A currency has three capital letters (ISO 4217), such as “EUR”.",
            ));
        }
        if !money.amount.is_finite() || money.amount < 0.0 {
            refusals.push(Refusal::new(Code::BadInput, format!("input.money.{index}.amount"), "An amount is not negative."));
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let row = |m: &MoneySpentInput| row::Money { amount: m.amount, currency: m.currency.clone(), year: m.year, what: m.what.clone() };
    Ok(Json(list.iter().map(row).collect()))
}

/// The rows of the indicators.
pub(super) fn indicators(list: &[IndicatorInput]) -> Json<Vec<row::Indicator>> {
    let row = |i: &IndicatorInput| row::Indicator { name: i.name.clone(), value: i.value, unit: i.unit.clone(), year: i.year };
    Json(list.iter().map(row).collect())
}

/// The days of a practice, in order.
pub(super) fn in_order(started_on: Option<DateValue>, ended_on: Option<DateValue>) -> Result<()> {
    let late = started_on.zip(ended_on).is_some_and(|(start, end)| start.0 > end.0);
    crate::base::refuse_if(late, Code::BadInput, "input.endedOn", "“endedOn” lies before “startedOn”.")
}

/// The named parts that were given.
pub(super) fn fields(parts: &[(&str, Option<&String>)]) -> Fields {
    parts.iter().filter_map(|(part, text)| Some(((*part).to_owned(), (*text)?.clone()))).collect()
}

/// Whether the viewer may write for the practice's city.
pub(super) fn may_write(tx: &Tx<'_>, practice: &row::Model) -> Result<()> {
    tx.may(Act::Write, &Owners { cities: vec![practice.city.uuid()], programmes: vec![] })
}
