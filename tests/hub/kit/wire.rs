//! A wire between two programs: a test can cut it, lead it elsewhere, and keep PostgreSQL's notifications from crossing it.
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use parking_lot::Mutex;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

/// PostgreSQL's message that carries a notification.
const NOTIFICATION: u8 = b'A';

/// A wire.
pub struct Wire {
    /// Where it begins.
    pub address: SocketAddr,
    to: Arc<Mutex<SocketAddr>>,
    cuts: watch::Sender<u64>,
    is_deaf: Arc<AtomicBool>,
}

impl Wire {
    /// A wire that carries whatever is said.
    pub async fn to(target: SocketAddr) -> Self {
        Self::lay(target, false).await
    }

    /// A wire to PostgreSQL, which understands where a message begins; the connection must be made without TLS.
    pub async fn to_postgres(target: SocketAddr) -> Self {
        Self::lay(target, true).await
    }

    async fn lay(target: SocketAddr, is_postgres: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (to, is_deaf) = (Arc::new(Mutex::new(target)), Arc::new(AtomicBool::new(false)));
        let cuts = watch::Sender::new(0);
        let (leads_to, deaf, cut) = (to.clone(), is_deaf.clone(), cuts.subscribe());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (target, deaf, mut cut) = (*leads_to.lock(), deaf.clone(), cut.clone());
                cut.mark_unchanged();
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(target).await else { return };
                    let ((near_read, near_write), (far_read, far_write)) = (near.into_split(), far.into_split());
                    tokio::select! {
                        () = carry(near_read, far_write) => {}
                        () = carry_back(far_read, near_write, is_postgres, deaf) => {}
                        // Whoever holds the other end is gone when the test is over.
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Self { address, to, cuts, is_deaf }
    }

    /// Cuts every connection; new ones may be made.
    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Connections made from now on lead elsewhere.
    pub fn lead_to(&self, target: SocketAddr) {
        *self.to.lock() = target;
    }

    /// Whether notifications are kept from crossing.
    pub fn set_deaf(&self, is_deaf: bool) {
        self.is_deaf.store(is_deaf, Ordering::SeqCst);
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
    drop(tokio::io::copy(&mut from, &mut to).await);
}

async fn carry_back(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, is_postgres: bool, is_deaf: Arc<AtomicBool>) {
    if !is_postgres {
        return carry(from, to).await;
    }
    let mut said = Vec::new();
    while from.read_buf(&mut said).await.is_ok_and(|count| count > 0) {
        // A message is its letter and its length, which counts itself but not the letter.
        while let Some(length) = said.get(1..5) {
            let length = u32::from_be_bytes(length.try_into().expect("four bytes")) as usize + 1;
            if said.len() < length {
                break;
            }
            let rest = said.split_off(length);
            let message = std::mem::replace(&mut said, rest);
            let is_kept = message[0] == NOTIFICATION && is_deaf.load(Ordering::SeqCst);
            if !is_kept && to.write_all(&message).await.is_err() {
                return;
            }
        }
    }
}
