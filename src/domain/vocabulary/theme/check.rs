//! Whether a theme may be saved as it is.
use super::{Labels, Row};
use crate::{
    base::Result,
    store::{Refusals, Saving, Tx},
};

/// The longest name, in characters.
const LONGEST: usize = 200;

/// It has a name, and none of its labels is empty.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.name.clone()) {
        refusals.named("name", &row.name, LONGEST);
    }
    if saving.sets(|row| row.labels.clone()) {
        check_labels(&row.labels, LONGEST, refusals);
    }
    Ok(())
}

/// Refuses labels without words, and those that are too long.
pub fn check_labels(labels: &Labels, longest: usize, refusals: &mut Refusals) {
    for (language, label) in labels {
        // A mutation gives them as a list, in which none has a place of its own any more.
        let told = format!("labels.{language}");
        refusals.named(refusals.either("labels", &told), label, longest);
    }
}
