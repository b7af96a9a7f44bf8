//! Whether a saved search may be saved as it is.
use super::Row;
use crate::{kernel::prelude::check::*, search::Filter};

/// Characters of a search's words.
const LONGEST: usize = 1_000;

/// It has a name, asks for something, and not for too much.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, 200);
    }
    if saving.sets(|row| (row.text.clone(), row.filter.clone())) {
        refusals.too_long("text", Some(&row.text), LONGEST);
        let asks_nothing = row.text.is_empty() && row.filter.0 == Filter::default();
        let everything = "A search without words and without a filter finds everything; give it one of them.";
        refusals.refuse_if(asks_nothing, Code::Required, "text", everything);
    }
    Ok(())
}
