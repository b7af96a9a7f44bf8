//! All who assess one application, and whether all of them are in.
use sea_orm::{ColumnTrait, QueryFilter};

use super::{
    Row,
    row::{Column, Entity, State},
};
use crate::{
    base::{Id, Result},
    domain::application::{self, Application, ApplicationFacts},
    store::Tx,
};

/// An application and its assessments. Whoever would add or change one waits until this transaction ends, so that the last one in knows that it is.
pub(super) async fn held(tx: &Tx<'_>, application: Id<Application>, path: &str) -> Result<(ApplicationFacts, Vec<Row>)> {
    let facts = application::hold(tx, application, path).await?;
    Ok((facts, tx.all(tx.every::<Entity>().filter(Column::Application.eq(application))).await?))
}

/// Those who assess it: who neither has an interest nor was released.
pub(super) fn seats(panel: &[Row]) -> impl Iterator<Item = &Row> {
    panel.iter().filter(|row| !matches!(row.state, State::Recused | State::Withdrawn))
}

/// Whether somebody is still to hand in.
pub(super) fn is_writing(panel: &[Row]) -> bool {
    seats(panel).any(|row| row.state != State::Submitted)
}

/// Whether all are in: as many as are wanted, and nobody is writing.
pub(super) fn is_complete(panel: &[Row], wanted: usize) -> bool {
    !is_writing(panel) && wanted > 0 && seats(panel).count() >= wanted
}

/// Has the officers read what is in.
pub(super) async fn reveal(tx: &mut Tx<'_>, panel: Vec<Row>) -> Result<()> {
    for before in panel.into_iter().filter(|row| row.state == State::Submitted && !row.is_revealed) {
        let after = Row { is_revealed: true, ..before.clone() };
        tx.change(&before, after, &[]).await?;
    }
    Ok(())
}
