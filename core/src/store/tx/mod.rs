//! What a command does inside its transaction: read as the viewer, save rows, and with each save the row's history and
//! the events it makes.
//!
//! New rows are collected and inserted together when the transaction ends; so a read inside the transaction sees what
//! was committed before and what was updated, not what is still to be inserted. Links are the exception: those that this
//! transaction saved are known to it.
mod log;
mod read;
mod save;
mod side;
mod slug;

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryTrait, Select};
use uuid::Uuid;

use super::{Record, check::Surface, pending::Pending};
use crate::{
    access::{Act, Owners, Viewer, Visible, rule},
    base::{Ambient, Code, Id, Kind, Moment, Result, refuse, refuse_if},
};

/// The rights each left of a join is linked to, by the join's table.
type Known = Mutex<HashMap<(&'static str, Uuid), Vec<Uuid>>>;

/// An open transaction, as one viewer.
pub struct Tx<'a> {
    pub(in crate::store) tx: &'a DatabaseTransaction,
    pub(in crate::store) pending: &'a mut Pending,
    pub(in crate::store) ambient: &'a dyn Ambient,
    pub(in crate::store) viewer: Arc<Viewer>,
    pub(in crate::store) now: Moment,
    /// Whether a statement was run that truncating `pending` does not undo.
    pub(in crate::store) is_dirty: bool,
    /// How whoever asked names fields.
    pub(in crate::store) surface: Surface,
    /// Links that were read or saved in this transaction.
    pub(in crate::store) known: Known,
}

impl Tx<'_> {
    /// Who writes.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The time of this transaction.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// A new id.
    pub fn id<K: Kind>(&self) -> Id<K> {
        Id::new(self.ambient.uuid())
    }

    /// 32 unguessable bytes.
    pub fn secret(&self) -> [u8; 32] {
        self.ambient.secret()
    }

    /// How whoever asked names fields.
    pub const fn surface(&self) -> Surface {
        self.surface
    }

    fn backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    /// Rows of `E` the viewer may see.
    #[expect(clippy::disallowed_methods, reason = "the read door inside a transaction")]
    pub fn rows<E: Visible>(&self) -> Select<E> {
        E::find().filter(rule::sql::<E>(&self.viewer))
    }

    /// Rows of `E` whoever may see them: to check what a change touches, never to answer with.
    #[expect(clippy::disallowed_methods, reason = "the read door inside a transaction")]
    pub fn every<E: EntityTrait>(&self) -> Select<E> {
        E::find()
    }

    /// Every row a select finds.
    pub async fn all<E: EntityTrait>(&self, select: Select<E>) -> Result<Vec<E::Model>> {
        let rows = self.tx.query_all_raw(select.build(self.backend())).await?;
        rows.iter().map(|row| Ok(E::Model::from_query_result(row, "")?)).collect()
    }

    /// The first row a select finds.
    pub async fn first<E: EntityTrait>(&self, select: Select<E>) -> Result<Option<E::Model>> {
        Ok(self.all(sea_orm::QuerySelect::limit(select, 1)).await?.into_iter().next())
    }

    /// Asks the rule.
    pub fn may(&self, act: Act, owners: &Owners) -> Result<()> {
        if rule::may(&self.viewer, act, owners) {
            return Ok(());
        }
        self.viewer.account()?;
        let told = match act {
            Act::Administer => "Your roles do not allow this; it is for administrators.",
            Act::Govern => "Your roles do not allow this; it is for officers of the programme or administrators.",
            Act::Write | Act::WriteOrGovern | Act::Join => {
                "Your roles do not allow this; it is for representatives of the city, officers of the programme, or administrators."
            }
        };
        refuse(Code::Forbidden, "", told)
    }

    /// Checks the version a client has seen against the one that is saved.
    pub fn expect<R: Record>(&self, row: &R, expected: Option<i32>) -> Result<()> {
        let stale = expected.is_some_and(|expected| i64::from(expected) != row.version());
        refuse_if(
            stale,
            Code::Conflict,
            "input.expectedVersion",
            format!("It was changed in between: its version is {}; read it again and decide.", row.version()),
        )
    }

    async fn run(&mut self, statement: sea_orm::Statement) -> Result<()> {
        self.is_dirty = true;
        self.tx.execute_raw(statement).await?;
        Ok(())
    }
}

/// What a kind is called in a sentence.
fn called<R: Record>() -> String {
    R::Kind::NAME.replace('_', " ")
}
