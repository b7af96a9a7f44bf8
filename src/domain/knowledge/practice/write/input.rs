//! What several of the inputs share.
use async_graphql::InputObject;

use super::super::row;
use crate::store::Json;

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

/// The rows of the amounts.
pub(super) fn money(list: &[MoneySpentInput]) -> Json<Vec<row::Money>> {
    let row = |m: &MoneySpentInput| row::Money { amount: m.amount, currency: m.currency.clone(), year: m.year, what: m.what.clone() };
    Json(list.iter().map(row).collect())
}

/// The rows of the indicators.
pub(super) fn indicators(list: &[IndicatorInput]) -> Json<Vec<row::Indicator>> {
    let row = |i: &IndicatorInput| row::Indicator { name: i.name.clone(), value: i.value, unit: i.unit.clone(), year: i.year };
    Json(list.iter().map(row).collect())
}
