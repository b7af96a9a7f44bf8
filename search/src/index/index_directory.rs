//! One folder on disk with one index in it, open for writing and for queries.
//!
//! Each commit carries a payload: the layout, the database it was made from, and the position in that database's log
//! which it reached. They are written by one atomic rename, so the position is never ahead of the documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use parking_lot::{Mutex, RwLock};
use tantivy::directory::MmapDirectory;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use super::schema::{Fields, LAYOUT};
use super::searcher::Searcher;
use crate::contract::{DocKey, Result, SearchDoc, SearchError};

/// What the writer may keep in memory before it writes a segment, in bytes; the more, the fewer segments are to be merged.
const BUFFER: usize = 96_000_000;
/// Segments of about one size that are merged into one. Each segment costs every query a look-up a word, so keep few.
const SIBLINGS: usize = 5;
/// The share of dead documents at which a segment is rewritten.
const DEAD: f32 = 0.3;
/// An index up to this size is read through and checked when it is opened, in bytes.
const CHECKED: u64 = 64 << 20;
/// Decompressed blocks of texts kept a segment, 16 kB each.
const BLOCKS: usize = 16;

pub struct IndexDirectory {
    pub folder: PathBuf,
    pub fields: Fields,
    identity: String,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    searcher: RwLock<Arc<Searcher>>,
    position: AtomicI64,
}

/// Why a folder's index can't be used.
pub enum Unusable {
    Missing,
    Because(String),
    Failed(SearchError),
}

impl From<SearchError> for Unusable {
    fn from(error: SearchError) -> Unusable {
        match error {
            SearchError::Engine(error) => Unusable::Because(format!("it cannot be read ({error})")),
            SearchError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Unusable::Because(format!("a file is gone ({error})"))
            }
            other => Unusable::Failed(other),
        }
    }
}

impl From<tantivy::TantivyError> for Unusable {
    fn from(error: tantivy::TantivyError) -> Unusable {
        SearchError::from(error).into()
    }
}

impl IndexDirectory {
    /// An empty index in a folder that is made for it.
    pub fn create(folder: &Path, identity: &str) -> Result<IndexDirectory> {
        std::fs::create_dir_all(folder)?;
        let fields = Fields::new();
        let index = Index::builder().schema(fields.schema.clone()).tokenizers(Fields::tokenizers()).create_in_dir(folder)?;
        let directory = IndexDirectory::over(index, fields, folder, identity, 0)?;
        directory.commit_at(0)?;
        Ok(directory)
    }

    /// The index of a folder, if it belongs to this database and is whole.
    pub fn open(folder: &Path, identity: &str, head: i64) -> std::result::Result<IndexDirectory, Unusable> {
        if !folder.join("meta.json").is_file() {
            return Err(Unusable::Missing);
        }
        let fields = Fields::new();
        let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let mut index = Index::open(directory)?;
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let position =
            Payload::read(&payload).ok_or_else(|| Unusable::Because("it does not say where it got".to_owned()))?.check(identity, head)?;
        if index.schema() != fields.schema {
            return Err(Unusable::Because("its fields are others".to_owned()));
        }
        if size(folder).map_err(SearchError::from)? <= CHECKED {
            let damaged = index.validate_checksum()?;
            if let Some(file) = damaged.iter().next() {
                return Err(Unusable::Because(format!("{} is damaged", file.display())));
            }
        }
        index.set_tokenizers(Fields::tokenizers());
        Ok(IndexDirectory::over(index, fields, folder, identity, position)?)
    }

    fn over(index: Index, fields: Fields, folder: &Path, identity: &str, position: i64) -> Result<IndexDirectory> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(BLOCKS).try_into()?;
        let writer = index.writer_with_num_threads(1, BUFFER)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(SIBLINGS);
        policy.set_del_docs_ratio_before_merge(DEAD);
        writer.set_merge_policy(Box::new(policy));
        let searcher = Searcher::take(reader.searcher(), &fields, None)?;
        Ok(IndexDirectory {
            folder: folder.to_owned(),
            fields,
            identity: identity.to_owned(),
            reader,
            writer: Mutex::new(writer),
            searcher: RwLock::new(Arc::new(searcher)),
            position: AtomicI64::new(position),
        })
    }

    pub fn position(&self) -> i64 {
        self.position.load(Ordering::Acquire)
    }

    /// Whether what stands on disk can be read: what is searched now may be held in memory alone.
    pub fn is_readable(&self) -> bool {
        self.reader.reload().is_ok()
    }

    pub fn searcher(&self) -> Arc<Searcher> {
        self.searcher.read().clone()
    }

    /// Puts a document in the place of the one with its key, or takes that away. Seen after the next commit.
    pub fn replace(&self, key: &DocKey, doc: Option<&SearchDoc>) -> Result<()> {
        self.replace_with(&self.writer.lock(), key, doc.map(|doc| self.fields.document(doc)))
    }

    /// Puts documents into an index that has none of them yet: nothing need be looked for to be replaced.
    pub fn add(&self, docs: &[SearchDoc]) -> Result<()> {
        let documents: Vec<TantivyDocument> = docs.iter().map(|doc| self.fields.document(doc)).collect();
        let writer = self.writer.lock();
        Ok(documents.into_iter().try_for_each(|document| writer.add_document(document).map(drop))?)
    }

    /// Makes all replacements durable and searchable, together with the position they reach to.
    pub fn commit_at(&self, position: i64) -> Result<()> {
        self.commit_with(&mut self.writer.lock(), position)
    }

    /// Replaces and commits as one, if this directory has come exactly as far as the changes begin; answers whether it had.
    pub fn absorb(&self, from: i64, changes: &[(DocKey, Option<SearchDoc>)], to: i64) -> Result<bool> {
        let documents: Vec<_> = changes.iter().map(|(key, doc)| (key, doc.as_ref().map(|doc| self.fields.document(doc)))).collect();
        let mut writer = self.writer.lock();
        if self.position() != from {
            return Ok(false);
        }
        let mut absorbed = documents.into_iter().try_for_each(|(key, document)| self.replace_with(&writer, key, document));
        absorbed = absorbed.and_then(|()| self.commit_with(&mut writer, to));
        if absorbed.is_err() {
            writer.rollback()?;
        }
        absorbed.map(|()| true)
    }

    fn replace_with(&self, writer: &IndexWriter, key: &DocKey, document: Option<TantivyDocument>) -> Result<()> {
        writer.delete_term(self.fields.key_term(key));
        if let Some(document) = document {
            writer.add_document(document)?;
        }
        Ok(())
    }

    fn commit_with(&self, writer: &mut IndexWriter, position: i64) -> Result<()> {
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&Payload { layout: LAYOUT, position, identity: self.identity.clone() }.write());
        prepared.commit()?;
        self.reader.reload()?;
        let next = Arc::new(Searcher::take(self.reader.searcher(), &self.fields, Some(&self.searcher()))?);
        *self.searcher.write() = next.clone();
        next.warm();
        self.position.store(position, Ordering::Release);
        Ok(())
    }
}

/// What a commit says about itself.
struct Payload {
    layout: u32,
    position: i64,
    identity: String,
}

impl Payload {
    fn write(&self) -> String {
        format!("layout {}\nposition {}\ndatabase {}", self.layout, self.position, self.identity)
    }

    fn read(payload: &str) -> Option<Payload> {
        let mut lines = payload.splitn(3, '\n');
        let layout = lines.next()?.strip_prefix("layout ")?.parse().ok()?;
        let position = lines.next()?.strip_prefix("position ")?.parse().ok()?;
        let identity = lines.next()?.strip_prefix("database ")?.to_owned();
        Some(Payload { layout, position, identity })
    }

    fn check(self, identity: &str, head: i64) -> std::result::Result<i64, Unusable> {
        let why = if self.layout != LAYOUT {
            format!("its layout is {}, this version writes {LAYOUT}", self.layout)
        } else if self.identity != identity {
            "it was made from another database".to_owned()
        } else if self.position > head {
            format!("it is ahead of the database ({} > {head})", self.position)
        } else {
            return Ok(self.position);
        };
        Err(Unusable::Because(why))
    }
}

fn size(folder: &Path) -> std::io::Result<u64> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}
