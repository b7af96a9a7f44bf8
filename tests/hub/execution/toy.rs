//! A schema that fails at every kind of position. What a field does, its name says; graphql-js's twin of it goes by the names (`tests/clients/results`).
use async_graphql::{Context, Error, Interface, List, Object, Result, Root, Schema, Subscription, Union, ValidationMode};
use futures_util::{Stream, stream};
use hansa::object_any;

/// A thing of one kind, so deep in things.
#[derive(Clone)]
pub struct Leaf;
/// Another kind.
#[derive(Clone)]
pub struct Stone;

#[derive(Interface)]
#[graphql(
    name = "Thing",
    field(name = "name", ty = "String"),
    field(name = "fails", ty = "Option<i32>"),
    field(name = "must_fail", ty = "i32")
)]
pub enum ThingOf {
    Leaf(Leaf),
    Stone(Stone),
}

object_any!(
    /// Either kind, as an interface.
    Thing of ThingOf { Leaf, Stone }
);

#[derive(Union)]
#[graphql(name = "Either")]
pub enum EitherOf {
    Leaf(Leaf),
    Stone(Stone),
}

object_any!(
    /// Either kind, as a union.
    Either of EitherOf { Leaf, Stone }
);

fn failure<T>(ctx: &Context<'_>) -> Result<T> {
    Err(Error::new(format!("{} failed", ctx.item.node.name.node)))
}

type Item = std::result::Result<i32, Error>;

fn bad() -> Item {
    Err(Error::new("an item failed"))
}

fn things() -> Vec<Thing> {
    vec![Thing(ThingOf::Leaf(Leaf)), Thing(ThingOf::Stone(Stone))]
}

fn eithers() -> Vec<Either> {
    vec![Either(EitherOf::Leaf(Leaf)), Either(EitherOf::Stone(Stone))]
}

#[Object]
impl Stone {
    async fn name(&self) -> String {
        "Stone".to_owned()
    }
    async fn fails(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        failure(ctx)
    }
    async fn must_fail(&self, ctx: &Context<'_>) -> Result<i32> {
        failure(ctx)
    }
    async fn weight(&self) -> i32 {
        7
    }
    async fn leaf(&self) -> Option<Leaf> {
        Some(Leaf)
    }
}

#[Object]
impl Leaf {
    async fn name(&self) -> String {
        "Leaf".to_owned()
    }
    async fn nothing(&self) -> Option<String> {
        None
    }
    async fn fails(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        failure(ctx)
    }
    async fn must_fail(&self, ctx: &Context<'_>) -> Result<i32> {
        failure(ctx)
    }
    /// An object that is not got.
    async fn failing_child(&self, ctx: &Context<'_>) -> Result<Option<Leaf>> {
        failure(ctx)
    }
    /// One that must be and is not.
    async fn failing_must_child(&self, ctx: &Context<'_>) -> Result<Leaf> {
        failure(ctx)
    }
    async fn failing_list(&self, ctx: &Context<'_>) -> Result<Vec<Leaf>> {
        failure(ctx)
    }
    async fn child(&self) -> Option<Leaf> {
        Some(Leaf)
    }
    async fn must_child(&self) -> Leaf {
        Leaf
    }
    /// A nullable list of nullable things, and so on.
    async fn children(&self) -> Option<Vec<Option<Leaf>>> {
        Some(vec![Some(Leaf), None, Some(Leaf)])
    }
    async fn must_children(&self) -> Vec<Leaf> {
        vec![Leaf, Leaf]
    }
    async fn some_children(&self) -> Option<Vec<Leaf>> {
        Some(vec![Leaf, Leaf])
    }
    async fn gaps_children(&self) -> Vec<Option<Leaf>> {
        vec![Some(Leaf), Some(Leaf)]
    }
    async fn thing(&self) -> Option<Thing> {
        things().pop()
    }
    async fn must_things(&self) -> Vec<Thing> {
        things()
    }
    async fn either(&self) -> Option<Either> {
        eithers().pop()
    }
    async fn some_eithers(&self) -> Option<Vec<Option<Either>>> {
        Some(eithers().into_iter().map(Some).collect())
    }
    /// Items that fail.
    async fn bad_gaps(&self) -> Option<Vec<Option<Item>>> {
        Some(vec![Some(Ok(1)), Some(bad()), None, Some(bad()), Some(Ok(5))])
    }
    async fn bad_must_gaps(&self) -> Vec<Option<Item>> {
        vec![Some(bad()), Some(Ok(2))]
    }
    async fn bad_items(&self) -> Option<Vec<Item>> {
        Some(vec![Ok(1), bad(), bad()])
    }
    async fn bad_must_items(&self) -> Vec<Item> {
        vec![Ok(1), bad()]
    }
    /// Lists in lists.
    async fn grid(&self) -> Option<Vec<Option<List<Option<Item>>>>> {
        Some(vec![Some(List(vec![Some(Ok(1)), Some(bad())])), None, Some(List(vec![Some(bad())]))])
    }
    async fn row_grid(&self) -> Option<Vec<Option<List<Item>>>> {
        Some(vec![Some(List(vec![Ok(1), bad()])), Some(List(vec![Ok(2)]))])
    }
    async fn must_grid(&self) -> Option<Vec<List<Item>>> {
        Some(vec![List(vec![Ok(1)]), List(vec![Ok(2), bad()])])
    }
    async fn leaf_grid(&self) -> Option<Vec<Option<List<Leaf>>>> {
        Some(vec![Some(List(vec![Leaf, Leaf])), Some(List(vec![Leaf]))])
    }
}

/// The query root.
#[derive(Default)]
pub struct Query;

#[Object]
impl Query {
    async fn leaf(&self) -> Option<Leaf> {
        Some(Leaf)
    }
    async fn must_leaf(&self) -> Leaf {
        Leaf
    }
    async fn leaves(&self) -> Option<Vec<Option<Leaf>>> {
        Some(vec![Some(Leaf), Some(Leaf)])
    }
    async fn must_leaves(&self) -> Vec<Leaf> {
        vec![Leaf]
    }
    async fn things(&self) -> Option<Vec<Thing>> {
        Some(things())
    }
    async fn eithers(&self) -> Option<Vec<Either>> {
        Some(eithers())
    }
    async fn fails(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        failure(ctx)
    }
    async fn must_fail(&self, ctx: &Context<'_>) -> Result<i32> {
        failure(ctx)
    }
    async fn name(&self) -> String {
        "Query".to_owned()
    }
}

/// The mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object]
impl Mutation {
    async fn leaf(&self) -> Option<Leaf> {
        Some(Leaf)
    }
    async fn must_leaf(&self) -> Leaf {
        Leaf
    }
    async fn fails(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        failure(ctx)
    }
    async fn must_fail(&self, ctx: &Context<'_>) -> Result<i32> {
        failure(ctx)
    }
    async fn name(&self) -> String {
        "Mutation".to_owned()
    }
}

/// The subscription root: two events each.
pub struct Live;

#[Subscription]
impl Live {
    async fn leaf(&self) -> impl Stream<Item = Option<Leaf>> {
        stream::iter([Some(Leaf), Some(Leaf)])
    }
    async fn must_leaf(&self) -> impl Stream<Item = Leaf> {
        stream::iter([Leaf, Leaf])
    }
    async fn must_leaves(&self) -> impl Stream<Item = Vec<Leaf>> {
        stream::iter([vec![Leaf], vec![Leaf]])
    }
}

pub fn schema() -> Schema<Root<Query>, Root<Mutation>, Live> {
    Schema::build(Root(Query), Root(Mutation), Live).validation_mode(ValidationMode::Fast).finish()
}
