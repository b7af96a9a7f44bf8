//! What a person has to do for others, as the relations that name people declare it ([`Relation::handed_on`](super::relation::Relation::handed_on)): listed, and
//! handed on to another person in one act.
use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr},
};
use uuid::Uuid;

use super::relation::{Handed, Relates, Way};
use crate::{
    base::Result,
    relay::context::TableOf,
    store::{Reader, Record, Tx, condition::among},
};

/// Something a person has to do.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Who.
    pub person: Uuid,
    /// For what.
    pub subject: Uuid,
    /// What they do, in a sentence.
    pub said: &'static str,
}

/// A column that names whoever has something to do.
struct Named<R: 'static> {
    column: &'static str,
    of: fn(&R) -> Option<Uuid>,
    handed: &'static Handed<R>,
}

fn columns<T: Relates>() -> impl Iterator<Item = Named<T::Row>> {
    T::RELATIONS.iter().filter_map(|relation| match (&relation.way, &relation.handed) {
        (Way::Column(column, of), Some(handed)) => Some(Named { column, of: *of, handed }),
        _ => None,
    })
}

/// What these people have to do for things of one kind, as far as the reader's viewer sees those or they are the people's own.
pub async fn of<T: Relates>(reader: &Reader, people: &[Uuid]) -> Result<Vec<Duty>> {
    let mut found = Vec::new();
    for Named { column, of, handed } in columns::<T>() {
        let named = among(Expr::col((TableOf::<T>::default(), Alias::new(column))), people);
        let seen = if handed.is_own { reader.as_hub().rows::<TableOf<T>>() } else { reader.rows::<TableOf<T>>() };
        let rows = reader.all(seen.filter(named)).await?;
        let duty = |row: &T::Row| Some(Duty { person: of(row)?, subject: row.id().uuid(), said: handed.said });
        found.extend(rows.iter().filter(|row| (handed.is_open)(row)).filter_map(duty));
    }
    Ok(found)
}

/// Hands on what a person has to do for things of one kind, whoever sees those.
pub async fn hand_on<T: Relates>(tx: &mut Tx<'_>, from: Uuid, to: Uuid) -> Result<()> {
    for Named { column, handed, .. } in columns::<T>() {
        let named = among(Expr::col((TableOf::<T>::default(), Alias::new(column))), &[from]);
        let rows = tx.all(tx.every::<TableOf<T>>().filter(named)).await?;
        for row in rows.into_iter().filter(|row| (handed.is_open)(row)) {
            let mut after = row.clone();
            (handed.put)(&mut after, to, tx);
            tx.change(&row, after, &[]).await?;
        }
    }
    Ok(())
}
