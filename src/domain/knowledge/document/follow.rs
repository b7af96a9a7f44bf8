//! What happens to documents when what they are about changes.
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::row::{Column, Entity, Model};
use crate::{access::Audience, base::Result, domain::sharing, store::Tx};

/// When the audience of a thing changes, the documents about it that would show more than it now follow it. `owner` is the
/// city whose people see the thing in any case, where there is one.
pub async fn follow_audience(tx: &mut Tx<'_>, about: Uuid, owner: Option<Uuid>, before: &Audience, after: &Audience) -> Result<()> {
    if before.within(after, &[]) {
        return Ok(());
    }
    for document in tx.all(tx.every::<Entity>().filter(Column::About.eq(about))).await? {
        let audience = sharing::both(tx, &document.audience, after, owner).await?;
        if audience != document.audience {
            let narrowed = Model { audience, ..document.clone() };
            tx.change(&document, narrowed, &[]).await?;
        }
    }
    Ok(())
}
