//! Batched loading for one operation: knows the viewer, remembers nothing.
//!
//! Lives in the operation's own data, never in the schema's; it has no cache, because a subscription's operation can
//! live for days. [`super::dispatch`] decides when what was registered is loaded.
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};

use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use sea_orm::EntityTrait;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    access::Table,
    base::{Fault, Result},
    store::{Join, List, Reader, Record, Slice, reader::Parent},
};

/// One way of loading values for many keys with one statement.
pub trait Batch: Send + Sync + 'static {
    /// What is asked for.
    type Key: Clone + Ord + Hash + Send + Sync + 'static;
    /// What a key leads to.
    type Value: Clone + Send + 'static;
    /// Loads all keys at once. Keys without a value are left out.
    fn run(&self, reader: Reader, keys: Vec<Self::Key>) -> impl Future<Output = Result<HashMap<Self::Key, Self::Value>>> + Send;
}

/// The loaders of one operation. Cheap to clone.
#[derive(Clone)]
pub struct Loaders(Arc<Inner>);

struct Inner {
    reader: Reader,
    open: Mutex<Vec<(TypeId, u64, Box<dyn Open>)>>,
}

type Reply<V> = oneshot::Sender<std::result::Result<Option<V>, Arc<Fault>>>;

/// A batch that still takes keys.
struct Taking<B: Batch> {
    batch: B,
    waiting: Vec<(B::Key, Reply<B::Value>)>,
}

trait Open: Send {
    fn as_any(&mut self) -> &mut dyn Any;
    fn run(self: Box<Self>, reader: Reader) -> BoxFuture<'static, ()>;
}

impl<B: Batch> Open for Taking<B> {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn run(self: Box<Self>, reader: Reader) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let mut keys: Vec<B::Key> = self.waiting.iter().map(|(key, _)| key.clone()).collect();
            keys.sort_unstable();
            keys.dedup();
            let found = match self.batch.run(reader, keys).await {
                Ok(found) => Ok(found),
                Err(crate::base::Error::Fault(fault)) => Err(Arc::new(fault)),
                Err(refused) => Err(Arc::new(Fault::new(refused.told()))),
            };
            for (key, reply) in self.waiting {
                // A resolver that was cancelled no longer waits.
                drop(reply.send(found.as_ref().map(|found| found.get(&key).cloned()).map_err(Arc::clone)));
            }
        })
    }
}

impl Loaders {
    /// Loaders that read as this reader's viewer.
    pub fn new(reader: Reader) -> Self {
        Self(Arc::new(Inner { reader, open: Mutex::new(Vec::new()) }))
    }

    /// Loads one key together with all others that are asked of the same `place` (argument values and kind of batch)
    /// before the operation stalls. `make` is called for the first of them.
    pub async fn load<B: Batch>(&self, place: impl Hash, key: B::Key, make: impl FnOnce() -> Result<B>) -> Result<Option<B::Value>> {
        let mut hasher = DefaultHasher::new();
        place.hash(&mut hasher);
        let place = hasher.finish();
        let of = TypeId::of::<B>();
        let (reply, answer) = oneshot::channel();
        {
            let mut open = self.0.open.lock();
            let taking = open.iter_mut().find(|(have, at, _)| *have == of && *at == place);
            if let Some(taking) = taking.and_then(|(_, _, taking)| taking.as_any().downcast_mut::<Taking<B>>()) {
                taking.waiting.push((key, reply));
            } else {
                open.push((of, place, Box::new(Taking { batch: make()?, waiting: vec![(key, reply)] })));
            }
        }
        match answer.await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(fault)) => Err(Fault::new(fault.cause().to_string()).into()),
            Err(_) => Err(Fault::new("a batch ended without an answer").into()),
        }
    }

    /// The batches registered since the last call, ready to run.
    pub(super) fn take_open(&self) -> Vec<BoxFuture<'static, ()>> {
        let open = std::mem::take(&mut *self.0.open.lock());
        if open.is_empty() {
            return Vec::new();
        }
        open.into_iter().map(|(_, _, taking)| taking.run(self.0.reader.clone())).collect()
    }
}

/// Rows by id.
pub struct ById<R>(PhantomData<fn() -> R>);

impl<R> Default for ById<R> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<R: Record> Batch for ById<R> {
    type Key = Uuid;
    type Value = R;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, R>> {
        let rows = reader.by_ids::<R::Entity>(&keys).await?;
        Ok(rows.into_iter().map(|row| (row.id().uuid(), row)).collect())
    }
}

/// A page of a list for each parent.
pub struct Pages<E: EntityTrait> {
    pub(super) list: List<E>,
    pub(super) parent: Parent,
}

impl<E: Table<Model: Clone>> Batch for Pages<E> {
    type Key = Uuid;
    type Value = Slice<E::Model>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Self::Value>> {
        Ok(reader.pages(&self.list, self.parent, &keys).await?.into_iter().collect())
    }
}

/// How long a list is for each parent.
pub struct Counts<E: EntityTrait> {
    pub(super) list: List<E>,
    pub(super) parent: Parent,
}

impl<E: Table> Batch for Counts<E> {
    type Key = Uuid;
    type Value = u64;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, u64>> {
        Ok(reader.counts(&self.list, self.parent, &keys).await?.into_iter().collect())
    }
}

/// The rows a join links each left (or, reversed, each right) to, in their order.
pub struct Joined<R> {
    pub(super) join: &'static Join,
    pub(super) reversed: bool,
    pub(super) of: PhantomData<fn() -> R>,
}

impl<R: Record> Batch for Joined<R> {
    type Key = Uuid;
    type Value = Vec<R>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<R>>> {
        let mut found: HashMap<Uuid, Vec<R>> = HashMap::new();
        for (left, row) in reader.joined::<R::Entity>(self.join, self.reversed, &keys).await? {
            found.entry(left).or_default().push(row);
        }
        Ok(found)
    }
}
