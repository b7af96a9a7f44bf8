//! Where a practice comes from and what came of it: adoptions up and down, level by level, one statement a level however many practices are asked for.
//!
//! Only what the viewer sees is walked through: what lies behind a practice that is hidden from them is not told.
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use async_graphql::{Context, Enum, Object, Result};
use sea_orm::{Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Adoption, Row,
    row::{Column, Entity, State},
};
use crate::{
    base::{Code, Id, Result as Done, refuse_if},
    domain::practice::{self, Practice},
    relay::{NodeType, Object, context::Asking, loaders::Batch},
    store::{Reader, condition::differs},
};

/// Levels at the most.
const DEEPEST: i32 = 5;
/// Adoptions of one level at the most.
const MOST: usize = 500;

/// Where a step of a lineage leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum)]
pub enum LineageDirection {
    /// To a practice from which it comes.
    Upstream,
    /// To what came of it.
    Downstream,
}

use LineageDirection::{Downstream, Upstream};

/// An adoption between a practice of a lineage and one that is a level further.
#[derive(Clone)]
pub struct LineageStep {
    level: i32,
    direction: LineageDirection,
    adoption: Row,
}

impl LineageStep {
    /// The practice it leads to.
    fn leads_to(&self) -> Option<Uuid> {
        match self.direction {
            Upstream => Some(self.adoption.practice.uuid()),
            Downstream => self.adoption.becomes.map(Id::uuid),
        }
    }
}

/// A step of a lineage: one adoption.
#[Object]
impl LineageStep {
    /// How many adoptions away from the practice that was asked for, from 1.
    async fn level(&self) -> i32 {
        self.level
    }

    /// Whether it tells where the practice comes from, or what came of it.
    async fn direction(&self) -> LineageDirection {
        self.direction
    }

    /// The adoption.
    async fn adoption(&self) -> Object<Adoption> {
        Object(Adoption::of(self.adoption.clone()))
    }

    /// The practice it leads to: upstream the one that was taken up, downstream the one that came of it; null where none did, or the viewer may not see it.
    async fn practice(&self, ctx: &Context<'_>) -> Result<Option<Object<Practice>>> {
        match self.leads_to() {
            Some(practice) => Ok(ctx.load(Id::new(practice)).await?),
            None => Ok(None),
        }
    }
}

/// The lineage of a practice.
#[derive(Clone, Default)]
pub struct PracticeLineage {
    steps: Vec<LineageStep>,
    is_cut: bool,
}

/// Where a practice comes from and what came of it, by adoptions, as far as the viewer may see them.
#[Object]
impl PracticeLineage {
    /// The steps: the nearest first, of one level those upstream first, then the first recorded.
    async fn steps(&self) -> Vec<Object<LineageStep>> {
        self.steps.iter().cloned().map(Object).collect()
    }

    /// Whether there is more than is told: at most 500 adoptions a level are.
    async fn is_cut(&self) -> bool {
        self.is_cut
    }
}

/// The lineages of practices, so many levels deep.
struct Lineages {
    depth: i32,
}

impl Batch for Lineages {
    type Key = Uuid;
    type Value = Arc<PracticeLineage>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Done<HashMap<Uuid, Self::Value>> {
        // They were shown already.
        let shown: BTreeSet<Uuid> = keys.iter().copied().collect();
        let mut walks: Vec<Walk> = keys.into_iter().map(Walk::from).collect();
        let mut is_cut = false;
        for level in 1..=self.depth {
            let of = |direction| walks.iter().flat_map(|walk| walk.reached(direction)).copied().collect::<BTreeSet<Uuid>>();
            let (up, down) = (of(Upstream), of(Downstream));
            if up.is_empty() && down.is_empty() {
                break;
            }
            let mut rows = level_of(&reader, &up, &down).await?;
            is_cut |= rows.len() > MOST;
            rows.truncate(MOST);
            let hidden = hidden_of(&reader, &met_at(&rows, &up, &down) - &shown).await?;
            walks.iter_mut().for_each(|walk| walk.go(level, &rows, &hidden));
        }
        Ok(walks.into_iter().map(|walk| (walk.of, Arc::new(PracticeLineage { steps: walk.steps, is_cut }))).collect())
    }
}

/// The adoptions that lead to these practices, and those of these: one statement.
async fn level_of(reader: &Reader, up: &BTreeSet<Uuid>, down: &BTreeSet<Uuid>) -> Done<Vec<Row>> {
    let of = |column: Column, practices: &BTreeSet<Uuid>| {
        let ids: Vec<Uuid> = practices.iter().copied().collect();
        (!ids.is_empty()).then(|| column.in_subquery(practice::visible(reader, &ids)))
    };
    let any = [of(Column::Becomes, up), of(Column::Practice, down)].into_iter().flatten().fold(Condition::any(), Condition::add);
    let rows = reader.rows::<Entity>().filter(any).filter(differs(Column::State, State::Withdrawn));
    reader.all(rows.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).limit(MOST as u64 + 1)).await
}

/// Where lineages meet: the ends of adoptions of which both were reached. Such an adoption was found for the sake of one of them, and says nothing of whether the
/// other is seen.
fn met_at(rows: &[Row], up: &BTreeSet<Uuid>, down: &BTreeSet<Uuid>) -> BTreeSet<Uuid> {
    let ends = rows.iter().filter_map(|row| Some((row.practice.uuid(), row.becomes?.uuid())));
    let met = ends.filter(|(practice, becomes)| down.contains(practice) && up.contains(becomes));
    met.flat_map(|(practice, becomes)| [practice, becomes]).collect()
}

/// Those of these practices that the reader's viewer does not see; of none no statement asks.
async fn hidden_of(reader: &Reader, practices: BTreeSet<Uuid>) -> Done<BTreeSet<Uuid>> {
    if practices.is_empty() {
        return Ok(practices);
    }
    let seen = practice::seen(reader, &practices.iter().copied().collect::<Vec<_>>()).await?;
    Ok(&practices - &seen)
}

/// A walk from one practice, in both directions.
struct Walk {
    of: Uuid,
    /// What was reached on the last level, and everything that was reached so far: a practice comes once, though lineages may run in a circle.
    last: HashMap<LineageDirection, BTreeSet<Uuid>>,
    all: HashMap<LineageDirection, BTreeSet<Uuid>>,
    steps: Vec<LineageStep>,
}

impl From<Uuid> for Walk {
    fn from(of: Uuid) -> Self {
        let start: HashMap<_, _> = [Upstream, Downstream].into_iter().map(|direction| (direction, BTreeSet::from([of]))).collect();
        Self { of, last: start.clone(), all: start, steps: Vec::new() }
    }
}

impl Walk {
    fn reached(&self, direction: LineageDirection) -> impl Iterator<Item = &Uuid> {
        self.last.get(&direction).into_iter().flatten()
    }

    /// Goes a level further by these adoptions, which may be those of other walks, too, and from none of these practices, which are hidden.
    fn go(&mut self, level: i32, rows: &[Row], hidden: &BTreeSet<Uuid>) {
        for direction in [Upstream, Downstream] {
            let last = self.last.remove(&direction).unwrap_or_default();
            let is_open = |practice: Uuid| last.contains(&practice) && !hidden.contains(&practice);
            let begins = |row: &Row| match direction {
                Upstream => row.becomes.is_some_and(|practice| is_open(practice.uuid())),
                Downstream => is_open(row.practice.uuid()),
            };
            let steps: Vec<LineageStep> =
                rows.iter().filter(|row| begins(row)).map(|row| LineageStep { level, direction, adoption: row.clone() }).collect();
            let all = self.all.entry(direction).or_default();
            let next = steps.iter().filter_map(LineageStep::leads_to).filter(|practice| all.insert(*practice)).collect();
            self.last.insert(direction, next);
            self.steps.extend(steps);
        }
    }
}

/// The lineage of a practice.
pub async fn lineage(ctx: &Context<'_>, practice: Uuid, depth: i32) -> Result<Option<Object<PracticeLineage>>> {
    let message = format!("“depth” is {depth}; it may be 1 to {DEEPEST}.");
    refuse_if(!(1..=DEEPEST).contains(&depth), Code::BadInput, "depth", message)?;
    let found = ctx.scope().loaders.load(depth, practice, || Ok(Lineages { depth })).await?;
    Ok(Some(Object(found.map(Arc::unwrap_or_clone).unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Audience;

    fn adoption(practice: u128, becomes: Option<u128>) -> Row {
        let id = |id: u128| Id::new(Uuid::from_u128(id));
        Row { practice: id(practice), becomes: becomes.map(id), ..Row::blank(Id::new(Uuid::nil()), String::new(), Audience::public()) }
    }

    #[test]
    fn a_lineage_that_runs_in_a_circle_ends() {
        let mut walk = Walk::from(Uuid::from_u128(1));
        let rows = [adoption(1, Some(2)), adoption(2, Some(1)), adoption(1, None)];
        for level in 1..=3 {
            walk.go(level, &rows, &BTreeSet::new());
        }
        let told: Vec<_> = walk.steps.iter().map(|step| (step.level, step.direction, step.leads_to().map(|id| id.as_u128()))).collect();
        assert_eq!(
            told,
            [(1, Upstream, Some(2)), (1, Downstream, Some(2)), (1, Downstream, None), (2, Upstream, Some(1)), (2, Downstream, Some(1)),]
        );
    }

    #[test]
    fn a_walk_goes_on_from_nothing_that_is_hidden() {
        let mut walk = Walk::from(Uuid::from_u128(1));
        walk.go(1, &[adoption(1, Some(2))], &BTreeSet::new());
        walk.go(2, &[adoption(2, Some(3))], &BTreeSet::from([Uuid::from_u128(2)]));
        assert_eq!(walk.steps.len(), 1, "what another walk found is told by that one");
    }
}
