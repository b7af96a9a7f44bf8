//! What happens to documents when what they are about changes.
use super::Row;
use crate::{
    access::{Audience, Owners},
    base::Result,
    domain::about::{self, About, Change},
    store::{Json, Tx},
};

impl About for Row {
    fn following(&mut self) -> (&mut Audience, &mut Json<Owners>) {
        (&mut self.audience, &mut self.owners)
    }
}

/// Documents follow the thing they are about.
pub async fn follow(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    about::rows_follow::<Row>(tx, "about", change).await
}
