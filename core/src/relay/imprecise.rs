//! Imprecise dates in the graph.
use async_graphql::{Enum, InputObject, SimpleObject};

use super::DateValue;
use crate::base::date::{ImpreciseDate, Precision};

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::base::date::Precision")]
pub enum DatePrecision {
    /// One day.
    Day,
    /// Somewhere in a month.
    Month,
    /// Somewhere in a season.
    Season,
    /// Somewhere in a year.
    Year,
    /// Somewhere between two days.
    Range,
}

/// A date as its source told it (“late summer 2017”), with the days it can be at the earliest and at the latest.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ImpreciseDate")]
pub struct ImpreciseDateView {
    /// The source's own words.
    pub verbatim: String,
    /// The first day it can be.
    pub earliest: DateValue,
    /// The last day it can be.
    pub latest: DateValue,
    /// How exactly it is known.
    pub precision: DatePrecision,
}

impl From<&ImpreciseDate> for ImpreciseDateView {
    fn from(date: &ImpreciseDate) -> Self {
        Self {
            verbatim: date.verbatim.clone(),
            earliest: DateValue(date.earliest),
            latest: DateValue(date.latest),
            precision: Precision::into(date.precision),
        }
    }
}

/// A date as its source tells it (“late summer 2017”), with the days it can be at the earliest and at the latest.
#[derive(Clone, Debug, InputObject)]
pub struct ImpreciseDateInput {
    /// The source's own words.
    pub verbatim: String,
    /// The first day it can be.
    pub earliest: DateValue,
    /// The last day it can be.
    pub latest: DateValue,
    /// How exactly it is known.
    pub precision: DatePrecision,
}

impl From<ImpreciseDateInput> for ImpreciseDate {
    fn from(date: ImpreciseDateInput) -> Self {
        Self {
            verbatim: date.verbatim.trim().to_owned(),
            earliest: date.earliest.0,
            latest: date.latest.0,
            precision: date.precision.into(),
        }
    }
}
