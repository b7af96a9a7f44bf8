//! Drives an execution and tells it when to load: batches are sent exactly when nothing else can go on.
//!
//! Resolvers that want a related thing only register its id and wait. When the executor is stalled, everything
//! registered so far is loaded, one statement per relation, and the executor goes on. So the number of statements
//! depends on the shape of the query alone, never on timing.
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::{
    FutureExt, Stream, StreamExt,
    future::BoxFuture,
    stream::{BoxStream, FuturesUnordered},
    task::AtomicWaker,
};

use super::loaders::Loaders;

/// Passes wake-ups on and remembers that there was one.
#[derive(Default)]
struct Signal {
    outer: AtomicWaker,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.outer.wake();
    }
}

/// What both kinds of driver share: the batches under way and the signal.
struct Driver {
    loaders: Loaders,
    running: FuturesUnordered<BoxFuture<'static, ()>>,
    signal: Arc<Signal>,
    waker: Waker,
}

impl Driver {
    fn new(loaders: Loaders) -> Self {
        let signal = Arc::new(Signal::default());
        Self { loaders, running: FuturesUnordered::new(), waker: Waker::from(signal.clone()), signal }
    }

    fn drive<T>(&mut self, cx: &mut Context<'_>, mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        self.signal.outer.register(cx.waker());
        loop {
            self.signal.woken.store(false, Ordering::Release);
            let mut inner = Context::from_waker(&self.waker);
            if let Poll::Ready(done) = poll(&mut inner) {
                return Poll::Ready(done);
            }
            if self.signal.woken.load(Ordering::Acquire) {
                // A task that has had its share is woken by everything it asks, ready or not, until the runtime gives it
                // another turn: going on here would go on for ever.
                if !tokio::task::coop::has_budget_remaining() {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                continue;
            }
            // Stalled: send off what is registered, then see which batches are done.
            self.running.extend(self.loaders.take_open());
            let mut finished = false;
            while let Poll::Ready(Some(())) = self.running.poll_next_unpin(&mut inner) {
                finished = true;
            }
            if !finished && !self.signal.woken.load(Ordering::Acquire) {
                return Poll::Pending;
            }
        }
    }
}

/// Runs a future whose resolvers load through `loaders`.
pub async fn drive<F: Future>(loaders: Loaders, work: F) -> F::Output {
    let mut driver = Driver::new(loaders);
    let mut work = Box::pin(work);
    std::future::poll_fn(move |cx| driver.drive(cx, |cx| work.poll_unpin(cx))).await
}

/// The same for a stream of answers.
pub fn drive_stream<T: 'static>(loaders: Loaders, stream: BoxStream<'static, T>) -> impl Stream<Item = T> + Send + 'static {
    Driven { driver: Driver::new(loaders), stream }
}

struct Driven<T> {
    driver: Driver,
    stream: BoxStream<'static, T>,
}

impl<T> Stream for Driven<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = &mut *self;
        let stream = &mut this.stream;
        this.driver.drive(cx, |cx| stream.poll_next_unpin(cx))
    }
}
