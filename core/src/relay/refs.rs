//! Things named in an argument by id or by slug.
use std::sync::Arc;

use async_graphql::{ID, MaybeUndefined};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, TableRef},
};
use uuid::Uuid;

use super::context::{NodeType, TableOf};
use crate::{
    access::{Viewer, rule},
    base::{Code, Id, Kind, Result, id, refuse, slug},
    store::{Reader, Record, reader::former},
};

/// Some things of one kind, named by id or by slug; those the viewer may not see are as if they were not there.
#[derive(Clone, Debug)]
pub struct Refs {
    ids: Vec<Uuid>,
    slugs: Vec<String>,
    kind: &'static str,
    viewer: Arc<Viewer>,
}

impl Refs {
    /// Reads a list argument; `path` names it in a refusal. An id of another kind is refused, an unknown slug finds nothing.
    pub fn parse<K: Kind>(reader: &Reader, list: &[ID], path: &str) -> Result<Self> {
        let mut refs = Self { ids: Vec::new(), slugs: Vec::new(), kind: K::NAME, viewer: reader.viewer() };
        for text in list {
            match id::split(text) {
                Some((prefix, uuid)) if prefix == K::NAME => refs.ids.push(uuid),
                Some((prefix, _)) => {
                    return refuse(
                        Code::BadInput,
                        path,
                        format!("“{}” names a {prefix}; this takes ids or slugs of a {}.", text.as_str(), K::NAME),
                    );
                }
                None => refs.slugs.push(slug::check(text, path)?),
            }
        }
        Ok(refs)
    }

    /// Refuses them where one is not there, or the viewer may not see it; `path` names them.
    pub async fn refuse_unknown(&self, reader: &Reader, path: &str) -> Result<()> {
        let found = reader.identities(self.kind, self.named(Expr::col(Alias::new("id")))).await?;
        let is_there = |id: &Uuid| found.iter().any(|(own, _)| own == id);
        let mut slugs: Vec<&str> = self.slugs.iter().map(String::as_str).collect();
        slugs.retain(|slug| found.iter().all(|(_, own)| own != slug));
        if !slugs.is_empty() {
            let renamed = reader.renamed(self.kind, &slugs).await?;
            slugs.retain(|slug| !renamed.get(*slug).is_some_and(is_there));
        }
        let (id, slug) = (self.ids.iter().find(|id| !is_there(id)), slugs.first().map(|slug| (*slug).to_owned()));
        match id.map(|id| id::join(self.kind, *id)).or(slug) {
            Some(unknown) => refuse(Code::BadInput, path, format!("There is no {} “{unknown}” that you may see.", self.kind)),
            None => Ok(()),
        }
    }

    /// The ids of the things, as a sub-select.
    pub fn select(&self) -> SelectStatement {
        let mut query = Query::select();
        query
            .column(Alias::new("id"))
            .from(Alias::new(self.kind))
            .cond_where(self.named(Expr::col(Alias::new("id"))))
            .cond_where(rule::named(&self.viewer, self.kind, "audience"));
        query
    }

    /// What the slugs led to before they were changed.
    fn former(&self) -> SelectStatement {
        former(self.kind, &self.slugs)
    }

    /// The ids of the things and of everything below them, for kinds that are trees: their `path` begins with that of what
    /// is above.
    pub fn subtree(&self) -> SelectStatement {
        let (below, root) = (Alias::new("below"), Alias::new("root"));
        let mut query = Query::select();
        query
            .column((below.clone(), Alias::new("id")))
            .from_as(Alias::new(self.kind), below)
            .inner_join(
                TableRef::Table(Alias::new(self.kind).into(), Some(root.clone().into())),
                Expr::cust("below.path LIKE root.path || '%'"),
            )
            .and_where(Expr::col((root, Alias::new("id"))).in_subquery(self.select()));
        query
    }

    /// The ids of these things of a tree and of everything below them.
    pub async fn below<T: NodeType>(reader: &Reader, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let refs = Self { ids: ids.to_vec(), slugs: Vec::new(), kind: T::NAME, viewer: reader.viewer() };
        let id = Expr::col((TableOf::<T>::default(), Alias::new("id")));
        let rows = reader.all(reader.rows::<TableOf<T>>().filter(id.in_subquery(refs.subtree()))).await?;
        Ok(rows.iter().map(|row| row.id().uuid()).collect())
    }

    /// By id, or by the slug they have now or had before.
    fn named(&self, id: Expr) -> Condition {
        let mut any = Condition::any();
        if !self.ids.is_empty() || self.slugs.is_empty() {
            any = any.add(id.clone().is_in(self.ids.iter().copied()));
        }
        if !self.slugs.is_empty() {
            any = any.add(Expr::col(Alias::new("slug")).is_in(self.slugs.iter().map(String::as_str))).add(id.in_subquery(self.former()));
        }
        any
    }

    /// Whether `column` holds one of the things.
    pub fn condition(&self, column: impl ColumnTrait) -> Condition {
        Condition::all().add(column.in_subquery(self.select()))
    }
}

/// Refuses a list that names a thing which is not there, or which the viewer may not see.
pub async fn refuse_unknown<K: Kind>(reader: &Reader, list: Option<&[ID]>, path: &str) -> Result<()> {
    match list {
        Some(list) if !list.is_empty() => Refs::parse::<K>(reader, list, path)?.refuse_unknown(reader, path).await,
        _ => Ok(()),
    }
}

/// Reads a list of ids of one kind; no slugs, for what is saved.
pub fn ids<K: Kind>(list: &[ID], path: &str) -> Result<Vec<Uuid>> {
    let mut ids = Vec::with_capacity(list.len());
    for (index, text) in list.iter().enumerate() {
        let id = Id::<K>::parse(text, &format!("{path}.{index}"))?.uuid();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The same where a list may be left out.
pub fn given_ids<K: Kind>(list: Option<&Vec<ID>>, path: &str) -> Result<Option<Vec<Uuid>>> {
    list.map(|list| ids::<K>(list, path)).transpose()
}

/// The id an argument gives, where it gives one.
pub fn given<K: Kind>(id: Option<&ID>, path: &str) -> Result<Option<Id<K>>> {
    Ok(id.map(|id| Id::parse(id, path)).transpose()?)
}

/// What an argument says of an id: another one, none, or nothing.
pub fn changed<K: Kind>(id: &MaybeUndefined<ID>, path: &str) -> Result<MaybeUndefined<Id<K>>> {
    Ok(id.clone().map_value(|id| Id::parse(&id, path)).transpose()?)
}

/// The slugs of things named by id or slug, for the index. An unknown id is kept as it is: no thing has it as its slug.
pub async fn slugs<K: Kind>(reader: &Reader, list: &[ID], path: &str) -> Result<Vec<String>> {
    let mut refs = Refs::parse::<K>(reader, list, path)?;
    if !refs.slugs.is_empty() {
        let mut renamed = reader.renamed(K::NAME, &refs.slugs.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        let (ids, slugs) = (&mut refs.ids, &mut refs.slugs);
        slugs.retain(|slug| renamed.remove(slug).map(|id| ids.push(id)).is_none());
    }
    let mut slugs = refs.slugs.clone();
    if !refs.ids.is_empty() {
        let found = reader.slugs(K::NAME, &refs.ids).await?;
        slugs.extend(
            refs.ids.iter().map(|id| found.iter().find(|(have, _)| have == id).map_or_else(|| id.to_string(), |(_, slug)| slug.clone())),
        );
    }
    Ok(slugs)
}
