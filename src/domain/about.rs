//! Things that are about another thing (documents, involvements): what they must know of it, and how they follow it.
//!
//! Whatever is about a thing is never wider than it, and whoever writes for that thing writes it. So each keeps in its own row whose
//! it is ([`Owners`]), and what it belongs to for the log; both follow when the thing changes.
use std::collections::HashMap;

use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::{cooperation::sharing, document, entry_of, people::involvement};
use crate::{
    access::{Audience, Owners},
    base::{Result, id},
    kernel::ParentFacts,
    store::{Record, Saving, Tx},
};

/// The kinds of things that others are about.
pub const KINDS: [&str; 5] = ["city", "pairing", "practice", "programme", "seminar"];

/// The kind of this name, where others are about it.
pub fn kind_of(word: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == word)
}

/// The kind and the id of a thing that others are about; none where it is an id of another kind, or none.
pub fn parse(text: &str) -> Option<(&'static str, Uuid)> {
    let (prefix, id) = id::split(text)?;
    Some((kind_of(prefix)?, id))
}

/// Who may see the thing and whose it is; none where the viewer does not see it.
pub async fn parent_facts(tx: &Tx<'_>, kind: &str, id: Uuid) -> Result<Option<ParentFacts>> {
    match entry_of(kind) {
        Some(entry) => entry.parent_facts(tx, id).await,
        None => Ok(None),
    }
}

/// What these things of one kind belong to, and whose they are.
pub async fn known_of(tx: &Tx<'_>, kind: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, Known>> {
    let Some(entry) = entry_of(kind) else { return Ok(HashMap::new()) };
    let (mut belongs, mut owners) = (entry.tags(tx, ids).await?, entry.owners_of(tx, ids).await?);
    let mut known = |id: &Uuid| Known { belongs: belongs.remove(id).unwrap_or_default(), owners: owners.remove(id).unwrap_or_default() };
    Ok(ids.iter().map(|id| (*id, known(id))).collect())
}

/// What a thing that is about another one keeps of it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What it belongs to: its city, its themes.
    pub belongs: Vec<Uuid>,
    /// Whose it is.
    pub owners: Owners,
}

/// A change of a thing that others are about.
#[derive(Clone, Debug)]
pub struct Change {
    /// The thing.
    pub about: Uuid,
    /// Who could see it before, and who can now.
    pub audiences: (Audience, Audience),
    /// The city whose people see it in any case, where there is one.
    pub owner: Option<Uuid>,
    /// Whose it is now, where that changed.
    pub owners: Option<Owners>,
}

impl Change {
    /// What a save changes for those that are about it.
    pub fn of<R: Record>(saving: &Saving<'_, R>) -> Self {
        let before = saving.before.unwrap_or(saving.after);
        let audiences = (before.audience().clone(), saving.after.audience().clone());
        Self { about: saving.after.id().uuid(), audiences, owner: None, owners: None }
    }

    /// Whether those that are about it have to follow.
    fn is_felt(&self) -> bool {
        self.owners.is_some() || !self.audiences.0.within(&self.audiences.1, &[])
    }
}

/// A row that is about another thing.
pub trait About: Record {
    /// The same for another audience and, where they changed, of other owners.
    fn following(&self, audience: Audience, owners: Option<&Owners>) -> Self;
}

/// What is about a thing follows its change: where it would show more than the thing does now it shows less, and it is of the same owners.
pub async fn follow(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    if !change.is_felt() {
        return Ok(());
    }
    document::follow(tx, change).await?;
    involvement::follow(tx, change).await
}

/// The rows of one kind follow.
pub async fn rows_follow<R: About>(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    let about = Expr::col((R::Entity::default(), Alias::new("about"))).eq(change.about);
    let rows: Vec<R> = tx.all(tx.every::<R::Entity>().filter(about)).await?;
    for row in rows {
        let audience = if change.audiences.0.within(&change.audiences.1, &[]) {
            row.audience().clone()
        } else {
            sharing::both(tx, row.audience(), &change.audiences.1, change.owner).await?
        };
        let after = row.following(audience, change.owners.as_ref());
        tx.change(&row, after, &[]).await?;
    }
    Ok(())
}
