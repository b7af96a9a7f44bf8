//! What organisations are called, for records that name them.
use uuid::Uuid;

use super::{Organisation, Row};
use crate::{
    base::{Id, Kind},
    kernel::prelude::import::*,
};

/// Notes what the organisations with these slugs are called, those that this import brings among them.
pub async fn note_names(slugs: impl Iterator<Item = &str> + Send, tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    let mut ids: Vec<Uuid> = slugs.filter_map(|slug| context.find(Organisation::NAME, slug)).collect();
    ids.sort_unstable();
    ids.dedup();
    for row in tx.by_ids::<Row>(&ids).await? {
        context.set_note(note_of(Organisation::NAME, row.id.uuid()), row.name);
    }
    Ok(())
}

/// The noted name of an organisation.
pub fn noted_name(context: &ImportContext, organisation: Id<Organisation>) -> &str {
    context.noted(&note_of(Organisation::NAME, organisation.uuid())).unwrap_or_default()
}
