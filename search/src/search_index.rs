//! The index: opened once, fed by whoever follows the log, asked by everyone.
//!
//! On disk it is a folder of index directories and a file that names the current one. A rebuild writes into a new directory beside
//! live traffic, follows the log until it has come as far as the one that answers, and is switched to by renaming that file: a crash leaves either the old
//! index or the new one, and no answer goes back behind an earlier one.
//!
//! Invariant: nothing that was not committed is ever found. A crash loses uncommitted replacements; the position tells from where to follow again.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::answering::{search, similar, suggest};
use super::contract::{DocKey, Filter, Result, SearchDoc, SearchError, SearchRequest, SearchResponse, SuggestRequest, Suggestion};
use super::index::{IndexDirectory, Unusable, Visibility};
use super::lexicon::Lexicon;
use super::percolator::{Verifier, may_find};
use super::query::{IndexView, LONGEST, MOST_WORDS, Synonym, Thesaurus, filter_names};

/// The search index of one hub.
pub struct SearchIndex {
    root: PathBuf,
    identity: String,
    directory: RwLock<Arc<IndexDirectory>>,
    thesaurus: RwLock<Arc<Thesaurus>>,
    lexicon: Arc<Lexicon>,
    /// Held by whoever moves the position on: a rebuilt index takes its place between two batches, never in one.
    turn: Mutex<()>,
    /// Held as long as the index is open, so that no other process writes beside this one.
    _lock: File,
}

/// An index that was opened, and in which state it was found.
pub struct Opened {
    pub index: SearchIndex,
    pub state: State,
}

/// How the index was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// There was none: it is empty and follows the log from the start.
    Fresh,
    /// It is whole and goes on from here.
    Resumed { position: i64 },
    /// What was found could not be used: it is empty and follows the log from the start.
    Rebuilt { why: String },
}

const CURRENT: &str = "current";

impl SearchIndex {
    /// Opens the index in a folder. `identity` names the database it is made from and `head` is the last position of that database's
    /// log: an index from elsewhere, from the future, damaged or of another layout is put away and begun anew.
    pub fn open(root: &Path, identity: &str, head: i64) -> Result<Opened> {
        std::fs::create_dir_all(root)?;
        let lock = lock(root)?;
        let identity = identity.replace('\n', " ");
        let current = std::fs::read_to_string(root.join(CURRENT)).ok().filter(|name| is_index_directory(name));
        let found = match &current {
            Some(name) => IndexDirectory::open(&root.join(name), &identity, head),
            None => Err(Unusable::Missing),
        };
        let (directory, state) = match found {
            Ok(directory) => {
                let position = directory.position();
                (directory, State::Resumed { position })
            }
            Err(Unusable::Failed(error)) => return Err(error),
            Err(Unusable::Missing) if current.is_none() => (begin(root, &identity)?, State::Fresh),
            Err(Unusable::Missing) => (begin(root, &identity)?, State::Rebuilt { why: "its files are gone".to_owned() }),
            Err(Unusable::Because(why)) => (begin(root, &identity)?, State::Rebuilt { why }),
        };
        switch(root, &directory)?;
        directory.searcher().warm();
        match &state {
            State::Rebuilt { why } => tracing::warn!(why, "the search index is rebuilt"),
            state => tracing::info!(?state, "the search index is open"),
        }
        Ok(Opened {
            index: SearchIndex {
                root: root.to_owned(),
                identity,
                directory: RwLock::new(Arc::new(directory)),
                thesaurus: RwLock::default(),
                lexicon: Arc::default(),
                turn: Mutex::default(),
                _lock: lock,
            },
            state,
        })
    }

    /// Looks whether the index in a folder could be opened, and closes it again: its position, or what is wrong.
    pub fn inspect(root: &Path, identity: &str, head: i64) -> std::result::Result<Inspected, String> {
        if matches!(lock(root), Err(SearchError::Busy)) {
            return Ok(Inspected::InUse);
        }
        let identity = identity.replace('\n', " ");
        let Some(current) = std::fs::read_to_string(root.join(CURRENT)).ok().filter(|name| is_index_directory(name)) else {
            return Err("there is none yet".to_owned());
        };
        match IndexDirectory::open(&root.join(current), &identity, head) {
            Ok(directory) => Ok(Inspected::At(directory.position())),
            Err(Unusable::Missing) => Err("its files are gone".to_owned()),
            Err(Unusable::Because(why)) => Err(why),
            Err(Unusable::Failed(error)) => Err(error.to_string()),
        }
    }

    /// The log position that everything searchable has reached.
    pub fn position(&self) -> i64 {
        self.directory.read().position()
    }

    /// Puts documents in the place of those with their keys (`None` takes one away), durably and at once searchable, and says up to
    /// which log position they reach. `from` is the position at which the changes begin: an index that is not there (it was rebuilt in the
    /// meantime) is left alone and answers `false`; follow again from its position.
    pub fn absorb(&self, from: i64, changes: &[(DocKey, Option<SearchDoc>)], to: i64) -> Result<bool> {
        let _turn = self.turn.lock();
        let directory = self.directory.read().clone();
        directory.absorb(from, changes, to)
    }

    /// Whether its files are there and can be read; it goes on answering where they are not, and takes nothing more until it is rebuilt.
    pub fn is_readable(&self) -> bool {
        self.directory.read().clone().is_readable()
    }

    /// Begins a new index beside this one. This one goes on answering until [`Rebuild::finish`].
    pub fn rebuild(self: &Arc<Self>) -> Result<Rebuild> {
        let directory = IndexDirectory::create(&self.root.join(unused_name(&self.root)?), &self.identity)?;
        Ok(Rebuild { index: self.clone(), directory: Some(directory) })
    }

    /// Answers a query. Never fails because of what was asked.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        let directory = self.directory.read().clone();
        search(&self.view_of(&directory), &directory.fields, request)
    }

    /// Reads the spelling dictionaries of a folder before those that come with the hub.
    pub fn with_dictionaries(self, folder: Option<&Path>) -> SearchIndex {
        SearchIndex { lexicon: Arc::new(Lexicon::of(folder)), ..self }
    }

    /// Takes these synonyms in the place of those it knew; queries asked from now on heed them. They are not kept on disk.
    pub fn set_synonyms(&self, synonyms: &[Synonym]) {
        *self.thesaurus.write() = Arc::new(Thesaurus::new(synonyms));
    }

    /// Tells of documents that the index does not hold whether a query of the viewer of these audiences would perhaps find them, as far as the document, the synonyms
    /// and what names stand for tell: one of its words is there, perhaps mistyped, begun, compounded or said otherwise. A correction or a compound that only other
    /// documents tell of in that form is not seen.
    pub fn would_find(&self, text: &str, filter: &Filter, allowed: Option<&[String]>) -> Result<impl Fn(&SearchDoc) -> bool + use<>> {
        let IndexView { searcher, thesaurus, .. } = self.view();
        let query = filter_names::parse(text, &searcher, &Visibility::new(allowed, &searcher))?;
        let (text, filter) = (text.to_owned(), filter.clone());
        Ok(move |doc: &SearchDoc| may_find(&thesaurus, &query, &text, &filter, doc))
    }

    /// Documents of the same kind that are like one, the most alike first; none where the viewer of these audiences may not see that one.
    pub fn similar(&self, key: &DocKey, allowed: Option<&[String]>, count: usize) -> Result<Vec<DocKey>> {
        let directory = self.directory.read().clone();
        similar(&directory.searcher(), &directory.fields, key, allowed, count)
    }

    /// Completes what someone is typing.
    pub fn suggest(&self, request: &SuggestRequest) -> Result<Vec<Suggestion>> {
        let directory = self.directory.read().clone();
        suggest(&directory.searcher(), &directory.fields, request)
    }

    /// What is searched in this moment.
    pub fn view(&self) -> IndexView {
        self.view_of(&self.directory.read())
    }

    fn view_of(&self, directory: &IndexDirectory) -> IndexView {
        IndexView { searcher: directory.searcher(), thesaurus: self.thesaurus.read().clone(), lexicon: self.lexicon.clone() }
    }

    /// Takes documents apart that the index holds as they are here, to be asked which queries find them.
    pub fn verifier<'a>(&self, docs: impl IntoIterator<Item = &'a SearchDoc>) -> Verifier<'a> {
        Verifier::new(&self.view(), docs)
    }

    /// Whether no process holds the index of a folder.
    pub fn is_free(root: &Path) -> bool {
        !matches!(lock(root), Err(SearchError::Busy))
    }

    /// How many documents are searchable.
    pub fn len(&self) -> u64 {
        self.directory.read().searcher().engine.num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How many different words of a query are heeded, and how many bytes of it are read.
pub const fn longest_query() -> (usize, usize) {
    (MOST_WORDS, LONGEST)
}

/// What an inspection finds of an index that is not wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inspected {
    /// It is whole and stands at this position.
    At(i64),
    /// A running hub holds it.
    InUse,
}

/// An index in the making. Dropped unfinished, it is thrown away.
pub struct Rebuild {
    index: Arc<SearchIndex>,
    directory: Option<IndexDirectory>,
}

impl Rebuild {
    /// Puts documents in that were not put in before.
    pub fn add(&self, docs: &[SearchDoc]) -> Result<()> {
        self.directory.as_ref().map_or(Ok(()), |directory| directory.add(docs))
    }

    pub fn replace(&self, key: &DocKey, doc: Option<&SearchDoc>) -> Result<()> {
        self.directory.as_ref().map_or(Ok(()), |directory| directory.replace(key, doc))
    }

    /// Makes all replacements durable and says up to which log position they reach: from there the log is to be followed until it can be finished.
    pub fn commit_at(&self, position: i64) -> Result<()> {
        self.directory.as_ref().map_or(Ok(()), |directory| directory.commit_at(position))
    }

    /// The position it has reached.
    pub fn position(&self) -> i64 {
        self.directory.as_ref().map_or(0, IndexDirectory::position)
    }

    /// Puts the new index in the old one's place, where it answers at once; not where the old one has come further: then it answers `false`, and has
    /// to follow the log on. So nobody ever finds what is no more, or misses what was found before.
    pub fn finish(&mut self) -> Result<bool> {
        let _turn = self.index.turn.lock();
        let Some(directory) = self.directory.take_if(|directory| directory.position() >= self.index.position()) else { return Ok(false) };
        switch(&self.index.root, &directory)?;
        *self.index.directory.write() = Arc::new(directory);
        Ok(true)
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if let Some(directory) = self.directory.take() {
            let folder = directory.folder.clone();
            drop(directory);
            remove(&folder);
        }
    }
}

fn lock(root: &Path) -> Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(root.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SearchError::Busy),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn begin(root: &Path, identity: &str) -> Result<IndexDirectory> {
    IndexDirectory::create(&root.join(unused_name(root)?), identity)
}

/// Names the current index directory, durably and at once, and clears away all others.
fn switch(root: &Path, directory: &IndexDirectory) -> Result<()> {
    let name = directory.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let draft = root.join("current.new");
    std::fs::write(&draft, &name)?;
    File::open(&draft)?.sync_all()?;
    std::fs::rename(&draft, root.join(CURRENT))?;
    File::open(root)?.sync_all()?;
    for entry in std::fs::read_dir(root)? {
        let other = entry?.file_name().to_string_lossy().into_owned();
        if is_index_directory(&other) && other != name {
            remove(&root.join(other));
        }
    }
    Ok(())
}

fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, folder = %folder.display(), "an old search index could not be removed");
    }
}

fn is_index_directory(name: &str) -> bool {
    name.strip_prefix("volume-").is_some_and(|number| number.parse::<u32>().is_ok())
}

fn unused_name(root: &Path) -> Result<String> {
    let mut highest = 0;
    for entry in std::fs::read_dir(root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        highest = name.strip_prefix("volume-").and_then(|number| number.parse().ok()).map_or(highest, |number: u32| highest.max(number));
    }
    Ok(format!("volume-{}", highest + 1))
}
