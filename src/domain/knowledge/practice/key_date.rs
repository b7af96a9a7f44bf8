//! What happened when, in few words: the dates of a practice.
use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Code, Result, date::ImpreciseDate},
    item,
    relay::{ImpreciseDateInput, ImpreciseDateView},
    store::{Json, Refusals},
};

/// Something that happened, as exactly as it is known when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDate {
    pub on: ImpreciseDate,
    /// In the language of the original.
    pub what: String,
}

/// Something that happened, as exactly as it is known when.
#[derive(Clone, Debug, InputObject)]
pub struct KeyDateInput {
    /// When.
    pub on: ImpreciseDateInput,
    /// What, in few words of the original's language, 1 to 200 characters.
    pub what: String,
}

/// Something that happened, as exactly as it is known when.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "KeyDate")]
pub struct KeyDateView {
    /// When.
    pub on: ImpreciseDateView,
    /// What, in the original's language.
    pub what: String,
}

item!(KeyDate, KeyDateInput => |input| KeyDate { on: input.on.into(), what: input.what.trim().to_owned() }, KeyDate => |record| record, |value| value.clone());

impl From<&KeyDate> for KeyDateView {
    fn from(date: &KeyDate) -> Self {
        Self { on: (&date.on).into(), what: date.what.clone() }
    }
}

/// Each tells what happened, between days that are in order.
pub(super) fn check(dates: &Json<Vec<KeyDate>>, field: &str, longest: usize, refusals: &mut Refusals) -> Result<()> {
    for (index, date) in dates.iter().enumerate() {
        refusals.named(&format!("{field}.{index}.what"), &date.what, longest);
        refusals.named(&format!("{field}.{index}.on.verbatim"), &date.on.verbatim, longest);
        let place = format!("{field}.{index}.on.latest");
        refusals.refuse_if(!date.on.is_ordered(), Code::BadInput, &place, "“latest” lies before “earliest”.");
    }
    Ok(())
}
