//! How one thing led to another: the shortest chain from a seminar by the adoptions that began there to the practices that came of them, and on.
//!
//! Breadth first, a statement a level and table, through nothing that the viewer may not see.
use std::collections::{BTreeSet, HashMap};

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;
use sea_orm::{Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Adoption,
    row::{Column, Entity, State},
};
use crate::{
    base::{Code, Id, Kind, Result as Done, id, refuse},
    domain::{
        VisibleNode, entry_of,
        practice::{self, Practice},
        seminar::{self, Seminar},
    },
    relay::context::Asking,
    store::{Reader, condition::differs},
};

/// Links of a chain at the most.
const LONGEST: usize = 12;
/// Adoptions of one level at the most.
const MOST: u64 = 500;
/// What may stand in a chain.
const KINDS: [&str; 3] = [Seminar::NAME, Practice::NAME, Adoption::NAME];

/// A thing of a chain.
type Link = (&'static str, Uuid);

/// The adoptions' own field at the root.
#[derive(Default)]
pub struct Query;

/// How things led to each other.
#[Object(name = "AdoptionQuery")]
impl Query {
    /// How one thing led to another: the shortest chain from a seminar, practice or adoption to a practice or adoption, both ends included. A seminar leads to the
    /// practices presented there and the adoptions that began there, a practice to its adoptions, an adoption to the practice that came of it; of chains that are
    /// equally short the one that was recorded first. Null where nothing that the viewer may see leads from one to the other within 12 links.
    async fn path(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of what comes first: a seminar, practice or adoption.")] from: ID,
        #[graphql(desc = "The id of what it led to: a practice or adoption.")] to: ID,
    ) -> Result<Option<Vec<VisibleNode>>> {
        let (from, to) = (link(&from, "from")?, link(&to, "to")?);
        let Some(chain) = chain(ctx.reader(), from, to).await? else { return Ok(None) };
        let nodes = try_join_all(
            chain.into_iter().filter_map(|(kind, id)| Some((entry_of(kind)?, id))).map(|(entry, id)| entry.node(ctx.scope(), id)),
        )
        .await?;
        // Of a chain a link of which is hidden, or was a moment ago, nothing is told.
        Ok(nodes.into_iter().map(|node| node.map(VisibleNode)).collect())
    }
}

/// The end of a chain that an argument names.
fn link(text: &ID, path: &str) -> Done<Link> {
    let named = id::split(text).and_then(|(kind, id)| Some((*KINDS.iter().find(|known| **known == kind)?, id)));
    match named {
        Some(link) => Ok(link),
        None => refuse(Code::BadInput, path, format!("“{path}” takes the id of a seminar, a practice or an adoption.")),
    }
}

/// The shortest chain; the ends may be hidden from the reader's viewer.
async fn chain(reader: &Reader, from: Link, to: Link) -> Done<Option<Vec<Link>>> {
    let mut before: HashMap<Link, Option<Link>> = HashMap::from([(from, None)]);
    let mut frontier = vec![from];
    for _ in 0..LONGEST {
        if before.contains_key(&to) || frontier.is_empty() {
            break;
        }
        let mut next = Vec::new();
        for (link, of) in further(reader, &frontier).await? {
            before.entry(link).or_insert_with(|| {
                next.push(link);
                Some(of)
            });
        }
        frontier = next;
    }
    if !before.contains_key(&to) {
        return Ok(None);
    }
    let mut chain = vec![to];
    let mut at = to;
    while let Some(Some(of)) = before.get(&at) {
        chain.push(*of);
        at = *of;
    }
    chain.reverse();
    Ok(Some(chain))
}

/// What these lead to, each with the one that leads to it.
async fn further(reader: &Reader, frontier: &[Link]) -> Done<Vec<(Link, Link)>> {
    let of = |kind: &str| frontier.iter().filter(|link| link.0 == kind).map(|link| link.1).collect::<Vec<Uuid>>();
    let (seminars, practices, adoptions) = (of(Seminar::NAME), of(Practice::NAME), of(Adoption::NAME));
    let mut found = Vec::new();
    let leads = [(Column::Seminar, &seminars), (Column::Practice, &practices), (Column::Id, &adoptions)];
    let any = leads
        .into_iter()
        .filter(|(_, ids)| !ids.is_empty())
        .fold(Condition::any(), |any, (column, ids)| any.add(column.is_in(ids.iter().copied())));
    let rows = reader.rows::<Entity>().filter(any).filter(differs(Column::State, State::Withdrawn));
    let rows = reader.all(rows.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).limit(MOST)).await?;
    let mut reached: Vec<(Uuid, Link)> = Vec::new();
    for row in rows {
        let own = (Adoption::NAME, row.id.uuid());
        if let (true, Some(becomes)) = (adoptions.contains(&own.1), row.becomes) {
            reached.push((becomes.uuid(), own));
        }
        let by_seminar = row.seminar.map(Id::uuid).filter(|seminar| seminars.contains(seminar)).map(|seminar| (Seminar::NAME, seminar));
        let by_practice = practices.contains(&row.practice.uuid()).then(|| (Practice::NAME, row.practice.uuid()));
        found.extend(by_seminar.or(by_practice).map(|of| (own, of)));
    }
    if !seminars.is_empty() {
        let presented = reader.linked(&seminar::PRACTICES, &seminars).await?;
        reached.extend(presented.into_iter().map(|(seminar, practice)| (practice, (Seminar::NAME, seminar))));
    }
    if !reached.is_empty() {
        let ids: Vec<Uuid> = reached.iter().map(|(practice, _)| *practice).collect();
        let seen: BTreeSet<Uuid> = practice::seen(reader, &ids).await?;
        found.extend(
            reached.into_iter().filter(|(practice, _)| seen.contains(practice)).map(|(practice, of)| ((Practice::NAME, practice), of)),
        );
    }
    Ok(found)
}
