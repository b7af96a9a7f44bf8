//! What must hold before a practice is handed in or published.
use super::super::Row;
use crate::{
    base::text::listed,
    domain::{
        city,
        programme::{self, Reviewing},
    },
    kernel::prelude::write::*,
};

/// The programmes of its city that review practices.
pub(super) async fn reviewing(tx: &Tx<'_>, row: &Row) -> Done<Vec<Reviewing>> {
    let programmes = city::programmes_of(tx, row.city).await?;
    programme::reviewing(tx, &programmes).await
}

/// Refuses what does not say what was hard.
pub(super) async fn refuse_untold(tx: &Tx<'_>, row: &Row) -> Result<()> {
    let texts = text::translations_of(tx, row.id.uuid()).await?;
    let tells = texts.iter().any(|text| text.is_original && text.field("difficulties").is_some());
    refuse_if(
        !tells,
        Code::Required,
        "input.id",
        "Say what was hard: “difficulties” of the original is empty, and others learn most from it.",
    )
}

/// Refuses what was never published and is not approved as it is, where a programme of its city reviews practices.
pub(super) async fn refuse_unreviewed(tx: &Tx<'_>, row: &Row) -> Result<()> {
    if row.may_be_published_reviewed() {
        return Ok(());
    }
    let names: Vec<String> = reviewing(tx, row).await?.into_iter().map(|programme| programme.name).collect();
    let message =
        format!("Practices are reviewed first by {}: hand it in (`submitPractice`), and publish it once it is approved.", listed(&names));
    refuse_if(!names.is_empty(), Code::WrongState, "input.id", message)
}
