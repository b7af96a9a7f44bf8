//! Whether a goal may be saved as it is.
use super::Row;
use crate::{
    base::text::is_blank,
    kernel::{label, prelude::check::*},
};

/// It has a number and a name, and none of its labels is empty.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.code.clone()) {
        let missing = "“code” is empty; it is the number in the agenda, such as “11.2”.";
        refusals.refuse_if(is_blank(&row.code), Code::Required, "code", missing);
        refusals.too_long("code", Some(&row.code), 50);
    }
    label::check(saving, refusals)
}
