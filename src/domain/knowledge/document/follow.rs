//! What happens to documents when what they are about changes.
use super::Row;
use crate::{
    access::{Audience, Owners},
    base::Result,
    domain::about::{self, About, Change},
    store::{Json, Tx},
};

impl About for Row {
    fn following(&self, audience: Audience, owners: Option<&Owners>) -> Self {
        let owners = owners.map_or_else(|| self.owners.clone(), |owners| Json(owners.clone()));
        Self { audience, owners, ..self.clone() }
    }
}

/// Documents follow the thing they are about.
pub async fn follow(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    about::rows_follow::<Row>(tx, change).await
}
