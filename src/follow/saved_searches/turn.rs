//! What is kept in memory of saved searches while a hub has the turn.
use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use uuid::Uuid;

use crate::{access::Viewer, domain::saved_search::Kept, search::Percolator};

pub struct Turn {
    /// Behind a lock, as it is searched on a thread where that may take its time.
    pub percolator: Arc<Mutex<Percolator<Uuid>>>,
    /// The searches themselves: whose each is, and what to ask where the index must be asked.
    pub kept: HashMap<Uuid, Kept>,
    /// People as they were when they were last asked for; none for those who have left.
    pub viewers: HashMap<Uuid, Option<Viewer>>,
    /// Where searches were saved that were saved behind the place from which this began.
    pub since: HashMap<Uuid, i64>,
    /// The place as it is written down.
    pub written: Option<i64>,
    /// Up to where the log was looked through.
    pub upto: i64,
}

impl Turn {
    pub fn new(written: Option<i64>, upto: i64) -> Self {
        Self { percolator: Arc::default(), kept: HashMap::new(), viewers: HashMap::new(), since: HashMap::new(), written, upto }
    }

    pub fn insert(&mut self, kept: Kept) {
        let id = kept.id.uuid();
        self.percolator.lock().insert(id, &kept.text, &kept.filter);
        self.kept.insert(id, kept);
    }

    pub fn remove(&mut self, id: Uuid) {
        self.percolator.lock().remove(&id);
        self.kept.remove(&id);
    }

    /// The person of a search, as they are known; none where either is not there.
    pub fn viewer_of(&self, search: &Uuid) -> Option<&Viewer> {
        self.viewers.get(&self.kept.get(search)?.person.uuid())?.as_ref()
    }
}
