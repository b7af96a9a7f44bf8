//! What may be done to a frequently asked question, and what is told of it.
use super::{Faq, Row};
use crate::kernel::prelude::life::*;

events!(
    ADDED = "faqAdded" Added "A frequently asked question was answered.",
    REVISED = "faqRevised" Changed "A frequently asked question, or its answer, changed.",
    ; new ADDED, changed REVISED, texts of Faq
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Govern, "Change the question, its answer and its place.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Always], Act::Govern, "Add or replace a translation.");

// The programme's officers.
living!(Row in Always = |_row| Always, [UPDATE, TRANSLATE], owners: |row| Owners::of_programmes([row.programme.uuid()]));
