//! Whether a document may be saved as it is.
use super::Row;
use crate::{
    base::{Result, link::may_lead},
    store::{Refusals, Saving, Tx},
};

/// It has a title, nothing said of it is too long, and a link leads to the web.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, _: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| row.title.clone()) {
        refusals.required("title", &row.title);
    }
    let texts: [(_, fn(&Row) -> Option<&str>, _); 3] = [
        ("title", |row| Some(&row.title), 300),
        ("description", |row| row.description.as_deref(), 5_000),
        ("licence", |row| row.licence.as_deref(), 200),
    ];
    for (field, of, longest) in texts {
        if saving.sets(|row| of(row).map(str::to_owned)) {
            refusals.too_long(field, of(row), longest);
        }
    }
    if saving.sets(|row| row.link.clone()) {
        refusals.take(may_lead(row.link.as_deref(), &refusals.path(refusals.either("link", "url"))))?;
    }
    Ok(())
}
