//! Things that are about another thing (documents, involvements): what they must know of it, and how they follow it.
//!
//! Whatever is about a thing is never wider than it, and whoever writes for that thing writes it. So each keeps in its own row whose
//! it is ([`Owners`]), and what it belongs to for the log; both follow when the thing changes.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_graphql::ID;
use sea_orm::{
    QueryFilter,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::{VisibleNode, cooperation::sharing, document, entry_of, people::involvement};
use crate::{
    access::{Act, Audience, Owners},
    base::{Code, Result, id, refuse, refuse_if},
    kernel::{
        Belonging, ParentFacts, Relation,
        import::ImportContext,
        relation::{self, Way},
    },
    relay::{context::Asking, field},
    search::SearchDoc,
    store::{Json, Reader, Record, Saving, Tx},
};

/// The kinds of things that others are about.
pub const KINDS: [&str; 6] = ["application", "city", "pairing", "practice", "programme", "seminar"];

/// A thing that others are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its kind.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

fn kind_of(word: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == word)
}

/// The thing an input names by its id; `takes` says in a refusal what the input takes.
pub fn read(text: &ID, path: &str, takes: &str) -> Result<Subject> {
    let found = id::split(text).and_then(|(prefix, id)| Some(Subject { kind: kind_of(prefix)?, id }));
    found.map_or_else(|| refuse(Code::BadInput, path, takes), Ok)
}

/// The ids of the things an input names.
pub fn read_all(list: &[ID], path: &str, takes: &str) -> Result<Vec<Uuid>> {
    list.iter().map(|id| Ok(read(id, path, takes)?.id)).collect()
}

/// What is needed to begin something about a thing, which the viewer must see and may write for.
pub async fn begin(tx: &Tx<'_>, subject: Subject) -> Result<(ParentFacts, Belonging)> {
    let Some(parent) = parent_facts(tx, subject.kind, subject.id).await? else {
        let message = format!("There is no {} {} that you can see.", subject.kind, id::join(subject.kind, subject.id));
        return refuse(Code::NotFound, "input.about", message);
    };
    tx.may(Act::Write, &parent.owners)?;
    let belonging = belonging_of(tx, subject.kind, &[subject.id]).await?.remove(&subject.id).unwrap_or_default();
    Ok((parent, belonging))
}

/// Who may see the thing and whose it is; none where the viewer does not see it.
pub async fn parent_facts(tx: &Tx<'_>, kind: &str, id: Uuid) -> Result<Option<ParentFacts>> {
    match entry_of(kind) {
        Some(entry) => entry.parent_facts(tx, id).await,
        None => Ok(None),
    }
}

/// What these things of one kind belong to, and whose they are.
async fn belonging_of(tx: &Tx<'_>, kind: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, Belonging>> {
    let Some(entry) = entry_of(kind) else { return Ok(HashMap::new()) };
    let (mut belongs, mut owners) = (entry.tags(tx, ids).await?, entry.owners_of(tx, ids).await?);
    let mut of = |id: &Uuid| Belonging { belongs: belongs.remove(id).unwrap_or_default(), owners: owners.remove(id).unwrap_or_default() };
    Ok(ids.iter().map(|id| (*id, of(id))).collect())
}

/// The thing a record is about: `city:hamburg`.
pub fn named(text: &str, context: &ImportContext) -> Result<Subject> {
    match text.split_once(':').and_then(|(kind, slug)| Some((kind_of(kind)?, slug))) {
        Some((kind, slug)) => Ok(Subject { kind, id: context.id_of(kind, slug, "about")? }),
        None => refuse(
            Code::BadInput,
            "about",
            format!(
                "“about” is “{text}”; it is “application:…”, “city:…”, “pairing:…”, “practice:…”, “programme:…” or “seminar:…” with a slug."
            ),
        ),
    }
}

/// Notes what the things belong to that these records are about.
pub async fn look(about: impl Iterator<Item = &str> + Send, tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    let subjects = by_kind(about.filter_map(|text| named(text, context).ok()).map(|subject| (subject.kind, subject.id)));
    context.known.clear();
    for (kind, ids) in subjects {
        context.known.extend(belonging_of(tx, kind, &ids).await?);
    }
    Ok(())
}

/// Who may see what a record tells of these things: as told, which must be no wider than any of them; where nothing is told, all who see the
/// narrowest.
///
/// An import is run by who runs the hub, so a narrower audience is taken as told.
pub fn recorded_audience(told: Option<&str>, of: &[Uuid], context: &ImportContext) -> Result<Audience> {
    let parents: Vec<Audience> = of.iter().map(|id| context.audience_of(*id)).collect();
    let narrowest = || parents.iter().min_by_key(|parent| parent.parts().0).cloned().unwrap_or_else(Audience::public);
    let audience = told.map_or_else(|| Ok(narrowest()), |told| context.audience(told))?;
    let is_narrower = |parent: &Audience| audience.within(parent, &[]) || audience.parts().0 < parent.parts().0;
    let message = match told {
        Some(told) => format!("“audience” is “{told}”, which is wider than that of what it is about."),
        None => "What it is about is shared with different people; tell in “audience” who may see it.".to_owned(),
    };
    refuse_if(!parents.iter().all(is_narrower), Code::TooWide, "audience", message)?;
    Ok(audience)
}

/// Ids by their kinds, each once.
fn by_kind<'k>(subjects: impl Iterator<Item = (&'k str, Uuid)>) -> BTreeMap<&'k str, Vec<Uuid>> {
    let mut kinds: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for (kind, id) in subjects {
        kinds.entry(kind).or_default().insert(id);
    }
    kinds.into_iter().map(|(kind, ids)| (kind, ids.into_iter().collect())).collect()
}

/// What the index holds of the things that others are about, for what those are found under.
pub async fn search_docs(reader: &Reader, subjects: impl Iterator<Item = (&str, Uuid)> + Send) -> Result<HashMap<Uuid, SearchDoc>> {
    let mut found = HashMap::new();
    for (kind, ids) in by_kind(subjects) {
        if let Some(entry) = entry_of(kind) {
            found.extend(entry.docs(reader, &ids).await?.into_iter().map(|doc| (doc.key.id, doc)));
        }
    }
    Ok(found)
}

/// The relation of what is about a thing to that thing.
pub const fn subject<R: Record>(of: fn(&R) -> (&str, Uuid)) -> Relation<R> {
    relation::about(
        "about",
        "What it is about; null where the viewer may not see that.",
        &KINDS,
        "about",
        of,
        (
            |relation, registry| field::meta::<Option<VisibleNode>>(relation.name, relation.description, registry),
            |relation, row, ctx| {
                let Way::About(_, of) = relation.way else { return Box::pin(async { Ok(None) }) };
                let (kind, id) = of(row);
                let entry = entry_of(kind);
                Box::pin(async move {
                    let found = match entry {
                        Some(entry) => entry.node(ctx.scope(), id).await.map(|found| found.map(VisibleNode)),
                        None => Ok(None),
                    };
                    field::answer(ctx, found).await
                })
            },
        ),
    )
    .tagged()
    .indexed()
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
    /// Who may see it and whose it is, which follow that thing.
    fn following(&mut self) -> (&mut Audience, &mut Json<Owners>);
}

/// What is about a thing follows its change: where it would show more than the thing does now it shows less, and it is of the same owners.
pub async fn follow(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    document::follow(tx, change).await?;
    involvement::follow(tx, "about", change).await
}

/// The rows of one kind follow whose column names the thing.
pub async fn rows_follow<R: About>(tx: &mut Tx<'_>, column: &'static str, change: &Change) -> Result<()> {
    if !change.is_felt() {
        return Ok(());
    }
    let about = Expr::col((R::Entity::default(), Alias::new(column))).eq(change.about);
    let rows: Vec<R> = tx.all(tx.every::<R::Entity>().filter(about)).await?;
    for row in rows {
        let mut after = row.clone();
        let (audience, owners) = after.following();
        if !change.audiences.0.within(&change.audiences.1, &[]) {
            let owner = change.owner.or_else(|| owners.cities.first().copied());
            *audience = sharing::both(tx, audience, &change.audiences.1, owner).await?;
        }
        if let Some(now) = &change.owners {
            owners.0.clone_from(now);
        }
        tx.change(&row, after, &[]).await?;
    }
    Ok(())
}
