//! What happens to documents when what they are about changes.
use std::collections::HashMap;

use sea_orm::{QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    Row,
    row::{Column, Entity, State},
};
use crate::{
    access::{Audience, Owners},
    base::Result,
    domain::about::{self, About, Change},
    store::{Json, Reader, Tx, condition::among},
};

impl About for Row {
    fn following(&mut self) -> (&mut Audience, &mut Json<Owners>) {
        (&mut self.audience, &mut self.owners)
    }
}

/// What is published about a thing to all who saw it is published to all who see it now that it is for more. Drafts stay whose they are.
pub async fn widen(tx: &mut Tx<'_>, about: Uuid, from: &Audience, to: &Audience) -> Result<()> {
    let published = tx.every::<Entity>().filter(Column::About.eq(about)).filter(Column::State.eq(State::Published));
    for row in tx.all(published.filter(Column::Audience.eq(from.clone()))).await? {
        let after = Row { audience: to.clone(), ..row.clone() };
        tx.change(&row, after, &[]).await?;
    }
    Ok(())
}

/// The titles of the documents about these things that are published, as the reader's viewer sees them.
pub async fn published_titles(reader: &Reader, about: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let published = reader.rows::<Entity>().filter(among(Expr::col(Column::About.as_column_ref()), about));
    let mut titles: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in reader.all(published.filter(Column::State.eq(State::Published))).await? {
        titles.entry(row.about).or_default().push(row.title);
    }
    Ok(titles)
}

/// The same of one thing, as the transaction's viewer sees them.
pub async fn published_titles_in(tx: &Tx<'_>, about: Uuid) -> Result<Vec<String>> {
    let published = tx.rows::<Entity>().filter(Column::About.eq(about)).filter(Column::State.eq(State::Published));
    Ok(tx.all(published).await?.into_iter().map(|row| row.title).collect())
}

/// Documents follow the thing they are about.
pub async fn follow(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    about::rows_follow::<Row>(tx, "about", change).await
}
