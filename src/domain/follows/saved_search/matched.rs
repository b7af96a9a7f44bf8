//! Matches: what answered a saved search, and how far the log was looked through for them.
use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{QueryFilter, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};

use super::{SavedSearch, life, row};
use crate::{
    base::{Id, Result},
    domain::entry_of,
    search::DocKey,
    store::{Command, Logged, Reader, Tx, log::Wanted},
};

/// A match, told once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "saved_search_match")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub search: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    pub kind: String,
}

crate::plain_table!();

/// Whether an entry of the log is a match.
pub fn is_match(entry: &Logged) -> bool {
    entry.event == life::MATCHED.word
}

/// Which entries of the log are matches of this search.
pub fn wanted(search: Id<SavedSearch>) -> Wanted {
    Wanted { events: vec![life::MATCHED.word.to_owned()], subjects: vec![search.uuid()], ..Wanted::default() }
}

/// The same with what happens to the search itself.
pub fn wanted_live(search: Id<SavedSearch>) -> Wanted {
    let own = [&life::MATCHED, &life::REVISED, &life::DELETED].map(|event| event.word);
    Wanted { events: own.map(str::to_owned).to_vec(), ..wanted(search) }
}

/// The things that these matches tell of, in their order; a match of a search that was deleted tells of nothing.
pub async fn subjects(reader: &Reader, matches: &[Logged]) -> Result<Vec<(i64, DocKey)>> {
    let seqs: Vec<i64> = matches.iter().map(|logged| logged.seq).collect();
    let tags = reader.log_tags(&seqs).await?;
    let searches = matches.iter().map(|logged| logged.subject);
    let among = Column::Search.is_in(searches).and(Column::Subject.is_in(tags.iter().map(|(_, tag)| *tag)));
    let rows = reader.all(reader.parts::<Entity>().filter(among)).await?;
    let found = matches.iter().filter_map(|logged| {
        let is_told = |row: &&Model| row.search == logged.subject && tags.contains(&(logged.seq, row.subject));
        let row = rows.iter().find(is_told)?;
        Some((logged.seq, DocKey { kind: row.kind.clone(), id: row.subject }))
    });
    Ok(found.collect())
}

/// Up to where the log was looked through; none before the first time.
pub async fn cursor(reader: &Reader) -> Result<Option<i64>> {
    reader.follower(NAME).await
}

/// The follower's name, as the database has it.
const NAME: &str = "standing";

/// Tells of matches and moves the cursor on, both or neither.
#[derive(Debug)]
pub struct Tell {
    /// What answered which search.
    pub matches: Vec<(Id<SavedSearch>, DocKey)>,
    /// Where the cursor must be: another hub may have been quicker.
    pub from: Option<i64>,
    /// Where it is then; the same place where more is to be told before it moves on.
    pub to: i64,
}

impl Command for Tell {
    /// Whether the cursor was where it had to be.
    type Output = bool;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !tx.follow(NAME, self.from, self.to).await? {
            return Ok(false);
        }
        let searches: BTreeSet<Uuid> = self.matches.iter().map(|(search, _)| search.uuid()).collect();
        let subjects: BTreeSet<Uuid> = self.matches.iter().map(|(_, key)| key.id).collect();
        let rows = tx.all(tx.rows::<row::Entity>().filter(row::Column::Id.is_in(searches.iter().copied()))).await?;
        let rows: HashMap<Id<SavedSearch>, row::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        let among = Column::Search.is_in(searches).and(Column::Subject.is_in(subjects));
        let known = tx.all(tx.every::<Entity>().filter(among)).await?;
        let mut told: HashSet<(Uuid, Uuid)> = known.into_iter().map(|row| (row.search, row.subject)).collect();
        for (search, key) in &self.matches {
            let is_kind = entry_of(&key.kind).is_some();
            // A search that was deleted meanwhile tells nothing.
            let Some(row) = rows.get(search).filter(|_| is_kind) else { continue };
            if told.insert((search.uuid(), key.id)) {
                tx.derived(Model { search: search.uuid(), subject: key.id, kind: key.kind.clone() });
                tx.log(row, vec![&life::MATCHED], vec![key.id]);
            }
        }
        Ok(true)
    }
}
