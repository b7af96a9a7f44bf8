//! What resolvers ask for: the reader, the writer, related things, lists.
use std::{
    marker::PhantomData,
    sync::{Arc, OnceLock},
};

use async_graphql::{Context, ErrorExtensions, resolver_utils::ContainerType};
use sea_orm::{
    QueryFilter, Select,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    Object, Operations,
    connection::{Connection, Edge, PageArgs},
    error_code::code_name,
    loaders::{ById, Counts, Joined, Loaders, Pages},
    reach::Lookup,
};
use crate::{
    access::{Table, Viewer},
    base::{Ambient, Error, Id, Kind, Language, Moment, Outbound, Result},
    files::{self, Files},
    store::{Command, Done, Join, List, Log, Order, Page, Reader, Record, Request, Slice, Writer, page::Sort, reader::Parent},
};

/// A node of the graph: the type of a kind's rows.
pub trait NodeType: ContainerType + Kind + Send + Sync + Sized {
    /// The row behind it.
    type Row: Record<Kind = Self>;
    /// The node of a row.
    fn of(row: Self::Row) -> Self;
    /// Its row.
    fn row(&self) -> &Self::Row;
}

/// The table behind a node.
pub type TableOf<T> = <<T as NodeType>::Row as sea_orm::ModelTrait>::Entity;

/// The parts of the running hub that resolvers may use, in the schema's data.
#[derive(Clone)]
pub struct Hub {
    /// The write door.
    pub writer: Writer,
    /// The event log.
    pub log: Log,
    /// Documents' bytes.
    pub files: Files,
    /// Its clock.
    pub ambient: Arc<dyn Ambient>,
    /// Where the hub is reached from outside, without a slash at the end.
    pub public_url: Arc<str>,
    /// Answers operations that the hub runs for somebody; set when the graph is built, which stands on this.
    pub operations: Arc<OnceLock<Arc<dyn Operations>>>,
    /// Whether the hub can send mail.
    pub sends_mail: bool,
    /// Where the hub may send requests that people ask for.
    pub outbound: Arc<Outbound>,
    /// Finds the numbers of their names.
    pub lookup: Lookup,
}

/// What belongs to one operation: who asks, in which languages, and the loaders. In the operation's own data.
#[derive(Clone)]
pub struct Scope {
    /// Reads as the viewer.
    pub reader: Reader,
    /// The languages the reader wants, best first.
    pub languages: Arc<[Language]>,
    /// Batched loading.
    pub loaders: Loaders,
}

impl Scope {
    /// The scope of a new operation.
    pub fn new(reader: Reader, languages: Arc<[Language]>) -> Self {
        Self { loaders: Loaders::new(reader.clone()), reader, languages }
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusals) => {
                let code = refusals.first().map_or_else(|| "BAD_INPUT".to_owned(), |refusal| code_name(refusal.code));
                let message = refusals.iter().map(|refusal| refusal.message.as_str()).collect::<Vec<_>>().join(" ");
                Self::new(message).extend_with(|_, extensions| extensions.set("code", code))
            }
            away if files::is_away(&away) => Self::new("The document store does not answer at the moment; try again in some seconds.")
                .extend_with(|_, extensions| extensions.set("code", "STORE_UNAVAILABLE")),
            fault @ Error::Fault(_) => {
                tracing::error!(cause = fault.told(), "a resolver failed");
                Self::new("Something went wrong on our side; it was noted.").extend_with(|_, extensions| extensions.set("code", "INTERNAL"))
            }
        }
    }
}

/// The row with this slug, present or former, if the reader's viewer may see it.
pub async fn named<T: NodeType>(reader: &Reader, slug: &str) -> Result<Option<T::Row>> {
    let named = Expr::col((TableOf::<T>::default(), Alias::new("slug"))).eq(slug);
    if let Some(row) = reader.first(reader.rows::<TableOf<T>>().filter(named)).await? {
        return Ok(Some(row));
    }
    let Some(id) = reader.renamed(T::NAME, &[slug]).await?.remove(slug) else { return Ok(None) };
    Ok(reader.by_ids::<TableOf<T>>(&[id]).await?.pop())
}

/// Questions a resolver asks of its context.
pub trait Asking {
    /// The operation's scope.
    fn scope(&self) -> &Scope;
    /// The hub's parts.
    fn hub(&self) -> &Hub;
    /// Tells one place of the query from another, with the values of its arguments.
    fn place(&self) -> (usize, usize);

    /// Reads as the viewer.
    fn reader(&self) -> &Reader {
        &self.scope().reader
    }

    /// Now.
    fn now(&self) -> Moment {
        self.hub().ambient.now()
    }

    /// Who asks.
    fn viewer(&self) -> Arc<Viewer> {
        self.reader().viewer()
    }

    /// The thing with this id, if the viewer may see it.
    fn load<T: NodeType>(&self, id: Id<T>) -> impl Future<Output = Result<Option<Object<T>>>> + Send {
        let loaders = self.scope().loaders.clone();
        async move { Ok(load(&loaders, id.uuid()).await?.map(Object)) }
    }

    /// The thing with this slug, by its present or a former one.
    fn by_slug<T: NodeType>(&self, slug: String) -> impl Future<Output = Result<Option<Object<T>>>> + Send {
        let reader = self.reader().clone();
        async move { Ok(named::<T>(&reader, &slug).await?.map(T::of).map(Object)) }
    }

    /// A page of the rows a select finds.
    fn list<T: NodeType>(
        &self,
        select: Select<TableOf<T>>,
        order: Order,
        page: &PageArgs,
    ) -> impl Future<Output = Result<Connection<T>>> + Send {
        let reader = self.reader().clone();
        let page = page.page();
        async move {
            let list = List::new(select.clone(), order, page?)?;
            let slice = reader.page(&list).await?;
            let count = Box::new(move |_: &Context<'_>| {
                let (reader, select) = (reader.clone(), select.clone());
                Box::pin(async move { reader.count(select).await }) as futures_util::future::BoxFuture<'static, _>
            });
            Ok(connection(slice, T::of, count))
        }
    }

    /// A page of a list that hangs on a parent, loaded together with those of its siblings.
    fn children<T: NodeType>(
        &self,
        parent: Uuid,
        by: Parent,
        page: &PageArgs,
        make: impl Fn(&Reader) -> Result<(Select<TableOf<T>>, Order)> + Send + Sync + 'static,
    ) -> impl Future<Output = Result<Connection<T>>> + Send {
        self.parts(parent, by, page, T::of, make)
    }

    /// The same for parts of the parent, which are no nodes: registrations, say.
    fn parts<E: Table<Model: Clone>, T>(
        &self,
        parent: Uuid,
        by: Parent,
        page: &PageArgs,
        face: fn(E::Model) -> T,
        make: impl Fn(&Reader) -> Result<(Select<E>, Order)> + Send + Sync + 'static,
    ) -> impl Future<Output = Result<Connection<T>>> + Send {
        let (reader, loaders, page, place) = (self.reader().clone(), self.scope().loaders.clone(), page.page(), self.place());
        async move {
            let page = page?;
            let list = move || {
                let (select, order) = make(&reader)?;
                List::new(select, order, page.clone())
            };
            let slice = loaders.load((place, by), parent, || Ok(Pages::<E> { list: list()?, parent: by })).await?;
            let list = Arc::new(list);
            let count = Box::new(move |_: &Context<'_>| {
                let (loaders, list) = (loaders.clone(), list.clone());
                Box::pin(async move {
                    let total = loaders.load((place, by), parent, || Ok(Counts::<E> { list: list()?, parent: by })).await?;
                    Ok(total.unwrap_or(0))
                }) as futures_util::future::BoxFuture<'static, _>
            });
            Ok(connection(slice.unwrap_or(Slice { items: Vec::new(), has_next: false, has_previous: false }), face, count))
        }
    }

    /// How many things hang on a parent, as far as the viewer may see them, counted together with those of its siblings.
    fn counted<T: NodeType>(&self, parent: Uuid, by: Parent) -> impl Future<Output = Result<u64>> + Send {
        let (reader, loaders, place) = (self.reader().clone(), self.scope().loaders.clone(), self.place());
        async move {
            let list = || {
                let key = Expr::col((TableOf::<T>::default(), Alias::new("id")));
                let order = Order { name: "id", key, sort: Sort::Text, descending: false };
                List::new(reader.rows::<TableOf<T>>(), order, Page::default())
            };
            let total = loaders.load((place, by), parent, || Ok(Counts::<TableOf<T>> { list: list()?, parent: by })).await?;
            Ok(total.unwrap_or(0))
        }
    }

    /// The things a join links this one to, in their order: for short lists that are always read whole.
    fn joined<T: NodeType>(&self, join: &'static Join, from: Uuid) -> impl Future<Output = Result<Vec<Object<T>>>> + Send {
        self.joined_way(join, from, false)
    }

    /// The same from right to left.
    fn joined_back<T: NodeType>(&self, join: &'static Join, from: Uuid) -> impl Future<Output = Result<Vec<Object<T>>>> + Send {
        self.joined_way(join, from, true)
    }

    /// One of the two ways.
    fn joined_way<T: NodeType>(
        &self,
        join: &'static Join,
        from: Uuid,
        reversed: bool,
    ) -> impl Future<Output = Result<Vec<Object<T>>>> + Send {
        let loaders = self.scope().loaders.clone();
        async move {
            let rows = loaders.load((join, reversed), from, || Ok(Joined::<T::Row> { join, reversed, of: PhantomData })).await?;
            Ok(rows.unwrap_or_default().into_iter().map(T::of).map(Object).collect())
        }
    }

    /// The field's name: of a mutation, what is asked for.
    fn field(&self) -> &str;

    /// Runs a command as the viewer.
    fn submit<C: Command + std::fmt::Debug>(
        &self,
        idempotency_key: Option<String>,
        command: C,
    ) -> impl Future<Output = Result<Done<C::Output>>> + Send {
        self.attempt(idempotency_key, Ok(command))
    }

    /// Runs a command that was read, or answers why it could not be. The mutation's name and the command itself tell two requests
    /// with the same key apart.
    fn attempt<C: Command + std::fmt::Debug>(
        &self,
        idempotency_key: Option<String>,
        command: Result<C>,
    ) -> impl Future<Output = Result<Done<C::Output>>> + Send {
        let (writer, by, name) = (self.hub().writer.clone(), Request::by(self.viewer()), self.field());
        let ready = command.map(|command| (Request { idempotency_key, fingerprint: format!("{name} {command:?}"), ..by }, command));
        async move {
            let (request, command) = ready?;
            writer.run(request, command).await
        }
    }
}

/// The thing with this id, if the loaders' viewer may see it.
pub async fn load<T: NodeType>(loaders: &Loaders, id: Uuid) -> Result<Option<T>> {
    Ok(loaders.load((), id, || Ok(ById::<T::Row>::default())).await?.map(T::of))
}

fn connection<M, T>(slice: Slice<M>, face: fn(M) -> T, count: super::connection::Count) -> Connection<T> {
    Connection {
        items: slice.items.into_iter().map(|(row, cursor)| Edge { node: face(row), cursor }).collect(),
        has_previous: slice.has_previous,
        has_next: slice.has_next,
        count,
    }
}

impl Asking for Context<'_> {
    fn scope(&self) -> &Scope {
        self.data_unchecked::<Scope>()
    }

    fn hub(&self) -> &Hub {
        self.data_unchecked::<Hub>()
    }

    fn place(&self) -> (usize, usize) {
        (self.item.pos.line, self.item.pos.column)
    }

    fn field(&self) -> &str {
        self.item.node.name.node.as_str()
    }
}
