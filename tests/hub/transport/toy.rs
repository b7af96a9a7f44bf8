//! A schema with one of everything the transport must know about.

use std::time::Duration;

use async_graphql::{
    Context, Enum, Error, ErrorExtensions, ID, InputObject, Object, Result, Schema, SchemaBuilder, SimpleObject, Subscription,
    ValidationMode,
};
use futures_util::Stream;
use hansa::transport::{Contract, Graph, Upload};

/// Who asks, as the toy gate admitted them.
pub struct Viewer(pub String);

pub struct Query;
pub struct Mutation;
pub struct Live;

#[derive(Clone)]
pub struct Item(u32);

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Small,
    Large,
}

#[derive(InputObject)]
pub struct AddInput {
    name: String,
    #[graphql(default = 1)]
    count: i32,
    kind: Option<Kind>,
    tags: Option<Vec<String>>,
}

#[derive(SimpleObject)]
pub struct Stored {
    size: u64,
    sha256: String,
    name: String,
    declared_type: Option<String>,
    path: String,
}

#[derive(SimpleObject)]
pub struct ItemConnection {
    nodes: Vec<Item>,
    total_count: u32,
}

#[Object]
impl Item {
    async fn id(&self) -> ID {
        ID(format!("item_{}", self.0))
    }
    async fn name(&self) -> String {
        format!("Item {}", self.0)
    }
    async fn parent(&self) -> Option<Item> {
        Some(Item(self.0 / 2))
    }
    async fn children(&self, first: Option<i32>, last: Option<i32>) -> ItemConnection {
        page(first.or(last))
    }
    async fn tags(&self) -> Vec<String> {
        vec!["one".into(), "two".into()]
    }
}

fn page(first: Option<i32>) -> ItemConnection {
    let size = u32::try_from(first.unwrap_or(20)).unwrap_or(0).min(100);
    ItemConnection { nodes: (0..size).map(Item).collect(), total_count: 1_000 }
}

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }
    async fn viewer(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data::<Viewer>()?.0.clone())
    }
    async fn echo(&self, text: String) -> String {
        text
    }
    async fn item(&self, id: Option<ID>) -> Option<Item> {
        id.is_none_or(|id| id.starts_with("item_")).then_some(Item(7))
    }
    async fn items(&self, first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> ItemConnection {
        let _ = (after, before);
        page(first.or(last))
    }
    async fn nodes(&self, ids: Vec<ID>) -> Vec<Item> {
        ids.iter().map(|_| Item(1)).collect()
    }
    async fn sum(&self, values: Vec<i32>) -> i32 {
        values.iter().sum()
    }
    async fn find(&self, input: AddInput) -> String {
        format!("{} {} {:?} {:?}", input.name, input.count, input.kind.is_some(), input.tags)
    }
    async fn slow(&self, ms: u64) -> bool {
        tokio::time::sleep(Duration::from_millis(ms)).await;
        true
    }
    async fn fault(&self) -> Result<bool> {
        Err(Error::new("secret: the database password is swordfish"))
    }
    async fn panic(&self) -> bool {
        std::hint::black_box(None).expect("secret: swordfish")
    }
    async fn forbidden(&self) -> Result<Option<bool>> {
        Err(Error::new("Not yours.").extend_with(|_, extensions| extensions.set("code", "FORBIDDEN")))
    }
    async fn positive(&self, #[graphql(validator(minimum = 1))] number: i32) -> i32 {
        number
    }
}

#[Object]
impl Mutation {
    async fn add(&self, input: AddInput) -> Item {
        Item(u32::try_from(input.count).unwrap_or(0))
    }
    async fn store(&self, ctx: &Context<'_>, file: Upload) -> Result<Stored> {
        let file = file.file(ctx)?;
        Ok(Stored {
            size: file.size,
            sha256: hex::encode(file.sha256),
            name: file.file_name.clone(),
            declared_type: file.declared_type.clone(),
            path: file.path().display().to_string(),
        })
    }
    async fn keep(&self, ctx: &Context<'_>, file: Upload) -> Result<String> {
        Ok(file.file(ctx)?.keep().display().to_string())
    }
    async fn store_many(&self, ctx: &Context<'_>, files: Vec<Upload>) -> Result<u64> {
        files.into_iter().map(|file| Ok(file.file(ctx)?.size)).sum()
    }
}

#[Subscription]
impl Live {
    /// Counts up, then ends.
    async fn count(&self, to: u32, #[graphql(default)] pause_ms: u64) -> impl Stream<Item = u32> {
        async_stream::stream! {
            for number in 1..=to {
                tokio::time::sleep(Duration::from_millis(pause_ms)).await;
                yield number;
            }
        }
    }
    /// One event, then silence.
    async fn endless(&self) -> impl Stream<Item = u32> {
        async_stream::stream! {
            yield 0;
            std::future::pending::<()>().await;
        }
    }
    /// As many large events as the socket takes.
    async fn flood(&self) -> impl Stream<Item = String> {
        async_stream::stream! {
            loop {
                crate::transport::kit::FLOODED.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                yield "x".repeat(10_000);
                tokio::task::yield_now().await;
            }
        }
    }
    /// One event, then an error, then the end.
    async fn withdrawn(&self) -> impl Stream<Item = Result<u32>> {
        async_stream::stream! {
            yield Ok(1);
            yield Err(Error::new("Your rights were withdrawn.").extend_with(|_, extensions| extensions.set("code", "FORBIDDEN")));
        }
    }
}

fn builder() -> SchemaBuilder<Query, Mutation, Live> {
    Schema::build(Query, Mutation, Live)
}

pub fn graph() -> Graph {
    let schema = builder().validation_mode(ValidationMode::Fast).finish();
    let sdl = schema.sdl();
    Graph::new(schema, Contract::read(sdl).expect("the SDL can be read"))
}
