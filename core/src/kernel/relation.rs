//! Relations between kinds, as data: each kind has one list, which is read by the graph's fields, batched loading, the log's
//! tags, the index (what depends on what), imports and exports, and the rule that whoever saves a thing must see what it names.
use std::collections::BTreeSet;

use async_graphql::{
    Context, ServerResult, Value,
    registry::{MetaField, Registry},
};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::list::{self, Listed, Place};
use crate::{
    base::{Id, Result, text::camel},
    relay::{NodeType, Object, context::Asking, field},
    store::{Join, Reader, Record, Tx, reader::Parent},
};

/// A relation of a kind with rows `R` to another kind.
pub struct Relation<R> {
    /// The field's name as records have it: `started_on`.
    pub name: &'static str,
    /// What its field says.
    pub description: &'static str,
    /// The kinds at the other end.
    pub kinds: Kinds,
    /// How it is kept.
    pub way: Way<R>,
    is_tagged: bool,
    is_indexed: bool,
    /// Whether records name it by its slug under the relation's name.
    pub is_recorded: bool,
    /// Where it names a person: whether that is something they have to do.
    pub handed: Option<Handed<R>>,
    field: Option<(MetaOf<R>, Resolve<R>)>,
}

/// What makes a person's being named something they have to do, which is handed on when they leave.
pub struct Handed<R> {
    /// What they do, in a sentence.
    pub said: &'static str,
    /// Whether it is still to be done.
    pub is_open: fn(&R) -> bool,
    /// Names another person.
    pub put: fn(&mut R, Uuid, &Tx<'_>),
    /// Whether the thing is the person's own, which nobody else sees: whoever may hand it on is told that it is there, and no more.
    pub is_own: bool,
}

/// The kinds at the other end of a relation.
#[derive(Clone, Copy, Debug)]
pub enum Kinds {
    /// Always this one.
    One(&'static str),
    /// One of these; the row says which.
    Any(&'static [&'static str]),
}

/// How a relation is kept.
pub enum Way<R> {
    /// In a column of the row.
    Column(&'static str, fn(&R) -> Option<Uuid>),
    /// In two columns: the kind, and the id in `column`.
    About(&'static str, fn(&R) -> (&str, Uuid)),
    /// In a join table, the row on the left.
    Join(&'static Join),
    /// By the other end.
    Back(Parent),
}

/// How a relation's field is registered.
pub type MetaOf<R> = fn(&Relation<R>, &mut Registry) -> MetaField;
/// How a relation's field is answered.
pub type Resolve<R> = for<'a> fn(&'a Relation<R>, &'a R, &'a Context<'a>) -> BoxFuture<'a, ServerResult<Option<Value>>>;

/// One thing that a column names.
pub const fn one<R: Record, T: NodeType>(
    name: &'static str,
    description: &'static str,
    column: &'static str,
    of: fn(&R) -> Option<Uuid>,
) -> Relation<R> {
    Relation {
        name,
        description,
        kinds: Kinds::One(T::NAME),
        way: Way::Column(column, of),
        is_tagged: false,
        is_indexed: false,
        is_recorded: true,
        handed: None,
        field: Some((
            |relation, registry| field::meta::<Option<Object<T>>>(&camel(relation.name), relation.description, registry),
            |relation, row, ctx| {
                let Way::Column(_, of) = relation.way else { return Box::pin(async { Ok(None) }) };
                let id = of(row).map(Id::<T>::new);
                Box::pin(async move {
                    let found = match id {
                        Some(id) => ctx.load(id).await,
                        None => Ok(None),
                    };
                    field::answer(ctx, found).await
                })
            },
        )),
    }
}

/// The things a join links the row to, read whole: for short lists.
pub const fn many<R: Record, T: NodeType>(name: &'static str, description: &'static str, join: &'static Join) -> Relation<R> {
    Relation {
        name,
        description,
        kinds: Kinds::One(T::NAME),
        way: Way::Join(join),
        is_tagged: false,
        is_indexed: false,
        is_recorded: true,
        handed: None,
        field: Some((
            |relation, registry| field::meta::<Vec<Object<T>>>(&camel(relation.name), relation.description, registry),
            |relation, row, ctx| {
                let Way::Join(join) = relation.way else { return Box::pin(async { Ok(None) }) };
                let joined = ctx.joined::<T>(join, row.id().uuid());
                Box::pin(async move { field::answer(ctx, joined.await).await })
            },
        )),
    }
}

/// The things a join links the row to, as a list with a filter, an order and pages.
pub const fn many_listed<R: Record, T: Listed>(name: &'static str, description: &'static str, join: &'static Join) -> Relation<R> {
    let listed = list::<R, T>(name, description, Parent::Right(join));
    Relation { way: Way::Join(join), ..listed }
}

/// The things that hang on the row, as a list with a filter, an order and pages.
pub const fn list<R: Record, T: Listed>(name: &'static str, description: &'static str, by: Parent) -> Relation<R> {
    listed::<R, T>(
        name,
        description,
        by,
        |relation, registry| list::meta::<T>(&camel(relation.name), relation.description, Place::Field, registry),
        |relation, row, ctx| {
            let (parent, by) = (row.id().uuid(), relation.parent());
            Box::pin(list::of_parent::<T>(ctx, parent, by, Place::Field))
        },
    )
}

/// The same in its usual order and whole: with pages alone.
pub const fn pages<R: Record, T: Listed>(name: &'static str, description: &'static str, by: Parent) -> Relation<R> {
    listed::<R, T>(
        name,
        description,
        by,
        |relation, registry| list::meta::<T>(&camel(relation.name), relation.description, Place::Whole, registry),
        |relation, row, ctx| {
            let (parent, by) = (row.id().uuid(), relation.parent());
            Box::pin(list::of_parent::<T>(ctx, parent, by, Place::Whole))
        },
    )
}

const fn listed<R: Record, T: Listed>(
    name: &'static str,
    description: &'static str,
    by: Parent,
    meta: MetaOf<R>,
    resolve: Resolve<R>,
) -> Relation<R> {
    Relation {
        name,
        description,
        kinds: Kinds::One(T::NAME),
        way: Way::Back(by),
        is_tagged: false,
        is_indexed: false,
        is_recorded: true,
        handed: None,
        field: Some((meta, resolve)),
    }
}

/// One thing of one of these kinds, named by two columns; its field is answered by whoever knows all kinds.
pub const fn about<R: Record>(
    name: &'static str,
    description: &'static str,
    kinds: &'static [&'static str],
    column: &'static str,
    of: fn(&R) -> (&str, Uuid),
    field: (MetaOf<R>, Resolve<R>),
) -> Relation<R> {
    Relation {
        name,
        description,
        kinds: Kinds::Any(kinds),
        way: Way::About(column, of),
        is_tagged: false,
        is_indexed: false,
        is_recorded: true,
        handed: None,
        field: Some(field),
    }
}

impl<R> Relation<R> {
    /// How the rows of its list hang on this one.
    const fn parent(&self) -> Parent {
        match self.way {
            Way::Back(by) => by,
            Way::Join(join) => Parent::Right(join),
            // Lists are made of the other two.
            Way::Column(column, _) | Way::About(column, _) => Parent::Column(column),
        }
    }

    /// The log tags events with it: whoever follows the other end is told.
    pub const fn tagged(mut self) -> Self {
        self.is_tagged = true;
        self
    }

    /// The index holds something of the other end: when that changes, this is indexed anew.
    pub const fn indexed(mut self) -> Self {
        self.is_indexed = true;
        self
    }

    /// Records have it in another way.
    pub const fn unrecorded(mut self) -> Self {
        self.is_recorded = false;
        self
    }

    /// The person it names has this to do while `is_open`; when they leave it is handed on to who is `put` in their place.
    pub const fn handed_on(mut self, said: &'static str, is_open: fn(&R) -> bool, put: fn(&mut R, Uuid, &Tx<'_>)) -> Self {
        self.handed = Some(Handed { said, is_open, put, is_own: false });
        self
    }

    /// The same of what is the person's own, which nobody else sees.
    pub const fn handed_on_as_own(mut self, said: &'static str, put: fn(&mut R, Uuid, &Tx<'_>)) -> Self {
        self.handed = Some(Handed { said, is_open: |_| true, put, is_own: true });
        self
    }

    /// Without a field of its own in the graph.
    pub const fn hidden(mut self) -> Self {
        self.field = None;
        self
    }

    /// Whether things of this kind can stand at the other end.
    fn leads_to(&self, kind: &str) -> bool {
        match self.kinds {
            Kinds::One(one) => one == kind,
            Kinds::Any(kinds) => kinds.contains(&kind),
        }
    }
}

/// A kind with relations.
pub trait Relates: NodeType {
    /// All of them.
    const RELATIONS: &'static [&'static Relation<Self::Row>];
}

/// The log's tags by columns.
pub fn tags<R>(relations: &[&Relation<R>], row: &R) -> Vec<Uuid> {
    let tagged = relations.iter().filter(|relation| relation.is_tagged);
    tagged
        .filter_map(|relation| match relation.way {
            Way::Column(_, of) => of(row),
            Way::About(_, of) => Some(of(row).1),
            Way::Join(_) | Way::Back(_) => None,
        })
        .collect()
}

/// The joins whose rights the log tags events with.
pub fn tagged_joins<R>(relations: &[&'static Relation<R>]) -> Vec<&'static Join> {
    let tagged = relations.iter().filter(|relation| relation.is_tagged);
    tagged.filter_map(|relation| if let Way::Join(join) = relation.way { Some(join) } else { None }).collect()
}

/// What the row's columns name: the kind, the field, the id.
pub fn references<R>(relations: &[&'static Relation<R>], row: &R) -> Vec<(&'static str, &'static str, Uuid)> {
    let named = relations.iter().filter_map(|relation| match (&relation.way, relation.kinds) {
        (Way::Column(_, of), Kinds::One(kind)) => of(row).map(|id| (kind, relation.name, id)),
        (Way::About(_, of), Kinds::Any(kinds)) => {
            let (kind, id) = of(row);
            kinds.iter().find(|known| **known == kind).map(|kind| (*kind, relation.name, id))
        }
        _ => None,
    });
    named.collect()
}

/// The joins with the kind on their right and the field.
pub fn linked_kinds<R>(relations: &[&'static Relation<R>]) -> Vec<(&'static Join, &'static str, &'static str)> {
    let linked = relations.iter().filter_map(|relation| match (&relation.way, relation.kinds) {
        (Way::Join(join), Kinds::One(kind)) => Some((*join, kind, relation.name)),
        _ => None,
    });
    linked.collect()
}

/// The rows of `T` whose documents in the index tell of these things of `kind`.
pub async fn telling_of<T: Relates>(reader: &Reader, kind: &str, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut found = BTreeSet::new();
    for relation in T::RELATIONS.iter().filter(|relation| relation.is_indexed && relation.leads_to(kind)) {
        found.extend(match relation.way {
            Way::Column(column, _) | Way::About(column, _) => reader.ids_where(T::NAME, "id", column, ids).await?,
            Way::Join(join) => reader.ids_where(join.table, join.left, join.right, ids).await?,
            Way::Back(Parent::Left(join)) => reader.ids_where(join.table, join.right, join.left, ids).await?,
            Way::Back(_) => Vec::new(),
        });
    }
    Ok(found.into_iter().collect())
}

/// The fields that a kind's relations make.
pub fn metas<T: Relates>(registry: &mut Registry) -> Vec<MetaField> {
    let fields = T::RELATIONS.iter().filter_map(|relation| Some((relation, relation.field?.0)));
    fields.map(|(relation, meta)| meta(relation, registry)).collect()
}

/// The answer of the field asked for, where it is that of a relation.
pub async fn resolve<T: Relates>(node: &T, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
    let asked = ctx.item.node.name.node.as_str();
    let relation = T::RELATIONS.iter().find(|relation| field::is_named(asked, relation.name));
    match relation.and_then(|relation| Some((relation, relation.field?.1))) {
        Some((relation, resolve)) => resolve(relation, node.row(), ctx).await,
        None => Ok(None),
    }
}
