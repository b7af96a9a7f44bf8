//! Documents' bytes: each content kept once under the SHA-256 of its bytes, in a folder or in a bucket.
//!
//! Nothing here knows what a document is. A file arrives in the [`Files::incoming`] folder, is kept under its checksum
//! and only then named by a row; so a row never names bytes that are not there. The other way round is harmless: bytes
//! that no row names (a refused upload) cost room and nothing else, and are taken up again when they come back.
//!
//! Invariant: under a checksum stands the whole content or nothing; a content is put in place by a rename (folder) or a
//! completed put (bucket), after its bytes are safe.
//! Invariant: kept means kept: when a function here says so, the bytes survive a power cut.
//! Invariant: no content stands whole in memory, but for those that callers hand over as bytes.
//! Invariant: a bucket that does not answer is told as [`Away`] within seconds, and never as a content that is missing.
mod bucket;
mod folder;
mod health;
mod source;

use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    GetOptions, GetResultPayload, ObjectStore, ObjectStoreExt, buffered::BufWriter, local::LocalFileSystem, path::Path as Key,
};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio_util::io::ReaderStream;

use crate::base::{Code, Error, Fault, Result, refuse};
use folder::Folder;
pub use folder::Temporary;
pub use health::{Away, Health, is_away};
pub use source::{HEAD, Measured, Source};

/// Bytes of one piece of an opened file.
const PIECE: usize = 64 << 10;
/// Contents put into a bucket at once.
const PUTS: usize = 16;
/// Bytes a put into a bucket gathers before it becomes one of several parts.
const PART: usize = 8 << 20;
/// How long the store has to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);
/// Seconds after which a client may ask again for what the store did not answer.
pub const RETRY_AFTER: &str = "5";

/// The store of documents' bytes. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Inner>);

struct Inner {
    store: Arc<dyn ObjectStore>,
    folder: Folder,
    /// Whether the folder is the store, or only where files arrive on their way to a bucket.
    is_local: bool,
    told: String,
    health: Health,
}

/// A kept content, or a part of it, ready to be sent.
pub struct Opened {
    /// Bytes of the whole content.
    pub size: u64,
    /// Which of them come.
    pub range: Range<u64>,
    /// The bytes.
    pub bytes: BoxStream<'static, io::Result<Bytes>>,
}

/// A kept content as a file on this machine.
pub enum OnDisk {
    /// Where it is kept.
    Kept(PathBuf),
    /// Fetched for now; gone when dropped.
    Fetched(Temporary),
}

impl OnDisk {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Fetched(temporary) => temporary.path(),
        }
    }
}

impl Files {
    /// Opens the store at `url`: a folder, which is made when missing, or `s3://bucket/prefix`, whose credentials and
    /// region come from the usual `AWS_…` variables. On their way to a bucket files arrive in `data_dir`.
    pub fn open(url: &str, data_dir: &Path) -> Result<Self> {
        Self::open_with(url, data_dir, std::env::vars())
    }

    /// The same with other variables than those of the environment.
    pub fn open_with(url: &str, data_dir: &Path, variables: impl IntoIterator<Item = (String, String)>) -> Result<Self> {
        let folder = Folder::open(&folder_of(url, data_dir));
        Self::build(url, data_dir, folder, variables)
    }

    /// Opens a store to look at it, and makes nothing: a folder that is missing is told.
    pub fn look(url: &str, data_dir: &Path) -> Result<Self> {
        let folder = if url.starts_with("s3://") { Ok(Folder::at(data_dir.to_owned())) } else { Folder::look(&folder_of(url, data_dir)) };
        Self::build(url, data_dir, folder, std::env::vars())
    }

    fn build(
        url: &str,
        data_dir: &Path,
        folder: io::Result<Folder>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self> {
        let wrong = |told: String| refuse(Code::BadInput, "documents-url", format!("The setting “documents-url” is wrong: {told}."));
        let folder = match folder {
            Ok(folder) => folder,
            Err(cause) => return wrong(format!("the folder {} can't be used: {cause}", folder_of(url, data_dir).display())),
        };
        let health = Health::default();
        if url.starts_with("s3://") {
            let store = match bucket::open(url, variables) {
                Ok(store) => store,
                Err(told) => return wrong(told),
            };
            return Ok(Self(Arc::new(Inner { store, folder, is_local: false, told: url.to_owned(), health })));
        }
        let store = LocalFileSystem::new_with_prefix(folder.root()).map_err(Fault::new)?;
        let told = folder.root().display().to_string();
        Ok(Self(Arc::new(Inner { store: Arc::new(store), folder, is_local: true, told, health })))
    }

    /// Where the contents are kept, for people.
    pub fn place(&self) -> &str {
        &self.0.told
    }

    /// Where files arrive: on the file system they are kept on, where that is a folder.
    pub fn incoming(&self) -> &Path {
        self.0.folder.incoming()
    }

    /// Whether the store answers, as far as is known.
    pub fn health(&self) -> &Health {
        &self.0.health
    }

    /// Asks the store whether it is there; what is known of its health is then what it answered.
    pub async fn probe(&self) {
        let asked = tokio::time::timeout(PATIENCE, self.ask()).await;
        let late = || io::Error::new(io::ErrorKind::TimedOut, "it did not answer in time");
        match asked.unwrap_or_else(|_| Err(object_store::Error::Generic { store: "S3", source: late().into() }.into())) {
            Ok(()) => self.0.health.answered(),
            Err(away) => self.0.health.failed(&away),
        }
    }

    /// Lists what stands where nothing does: unlike a question for one content, that tells a bucket that is missing.
    async fn ask(&self) -> std::result::Result<(), Away> {
        if self.0.is_local {
            let found = tokio::fs::metadata(self.0.folder.root()).await;
            return found.map(drop).map_err(|cause| object_store::Error::Generic { store: "folder", source: cause.into() }.into());
        }
        Ok(self.0.store.list(Some(&Key::from("check"))).try_next().await.map(drop)?)
    }

    /// What the store answered; none where there is no such content.
    fn heard<T>(&self, answer: object_store::Result<T>) -> Result<Option<T>> {
        match answer {
            Ok(answer) => {
                self.0.health.answered();
                Ok(Some(answer))
            }
            Err(object_store::Error::NotFound { .. }) => {
                self.0.health.answered();
                Ok(None)
            }
            Err(cause) => Err(self.fault(cause)),
        }
    }

    /// A folder's faults are told as they are; a bucket's say that it is away.
    fn fault(&self, cause: object_store::Error) -> Error {
        if self.0.is_local {
            return Fault::new(cause).into();
        }
        let away = Away::from(cause);
        self.0.health.failed(&away);
        Fault::new(away).into()
    }

    /// The same where a writer has wrapped it; other faults are those of the file that was read.
    fn io_fault(&self, cause: io::Error) -> Error {
        match cause.downcast::<object_store::Error>() {
            Ok(cause) => self.fault(cause),
            Err(cause) => cause.into(),
        }
    }

    /// Keeps the file at `temporary`, whose SHA-256 the caller has computed. The file is gone afterwards.
    pub async fn keep(&self, temporary: &Path, sha256: &str) -> Result<()> {
        let key = key(sha256)?;
        if self.0.is_local {
            let (folder, temporary, sha256) = (self.0.folder.clone(), temporary.to_owned(), sha256.to_owned());
            return blocking(move || folder.keep(&temporary, &sha256)).await;
        }
        let size = tokio::fs::metadata(temporary).await?.len();
        if self.size_of(&key).await? != Some(size) {
            self.put_file(&key, temporary).await?;
        }
        Ok(tokio::fs::remove_file(temporary).await?)
    }

    /// Keeps bytes; answers their SHA-256.
    pub async fn keep_bytes(&self, bytes: Bytes) -> Result<String> {
        let kept = self.keep_all(vec![Source::Bytes(bytes)]).await?.pop();
        Ok(kept.ok_or_else(|| Fault::new("nothing was kept"))??.sha256)
    }

    /// Measures many contents and keeps those that are new, with one flush to disk for all of them. A source that can't be
    /// read is told in its own place; that nothing can be written is everyone's fault.
    pub async fn keep_all(&self, sources: Vec<Source>) -> Result<Vec<io::Result<Measured>>> {
        if self.0.is_local {
            let folder = self.0.folder.clone();
            return blocking(move || folder.keep_all(&sources)).await;
        }
        let puts = sources.into_iter().map(|source| {
            let files = self.clone();
            async move {
                let (source, measured) = tokio::task::spawn_blocking(move || (source.measure(), source))
                    .await
                    .map(|(measured, source)| (source, measured))
                    .map_err(Fault::new)?;
                if let Ok(measured) = &measured {
                    files.put(&source, measured).await?;
                }
                Ok::<_, Error>(measured)
            }
        });
        futures_util::stream::iter(puts).buffered(PUTS).try_collect().await
    }

    /// Measures many contents and keeps nothing: for a dry run.
    pub async fn measure_all(&self, sources: Vec<Source>) -> Result<Vec<io::Result<Measured>>> {
        blocking(move || Ok(sources.iter().map(Source::measure).collect())).await
    }

    /// The measure of a content that is kept.
    pub async fn measure(&self, sha256: &str) -> Result<Option<Measured>> {
        let Some(size) = self.size_of(&key(sha256)?).await? else { return Ok(None) };
        let begin = Some(0..size.min(HEAD as u64)).filter(|range| !range.is_empty());
        let Some(opened) = self.open_at(sha256, begin).await? else { return Ok(None) };
        let pieces: Vec<Bytes> = opened.bytes.try_collect().await?;
        Ok(Some(Measured { sha256: sha256.to_owned(), size, head: pieces.concat().into() }))
    }

    /// Whether this content is kept.
    pub async fn exists(&self, sha256: &str) -> Result<bool> {
        Ok(self.size_of(&key(sha256)?).await?.is_some())
    }

    /// Opens a content, or a part of it; none where it is not kept. A range must lie within the content and not be empty.
    pub async fn open_at(&self, sha256: &str, range: Option<Range<u64>>) -> Result<Option<Opened>> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        let Some(found) = self.heard(self.0.store.get_opts(&key(sha256)?, options).await)? else { return Ok(None) };
        let (size, range) = (found.meta.size, found.range.clone());
        let bytes = match found.payload {
            // Larger pieces than the crate's own stream has.
            GetResultPayload::File(file, _) => {
                let mut file = tokio::fs::File::from_std(file);
                file.set_max_buf_size(PIECE);
                file.seek(io::SeekFrom::Start(range.start)).await?;
                ReaderStream::with_capacity(file.take(range.end - range.start), PIECE).boxed()
            }
            GetResultPayload::Stream(stream) => stream.map_err(io::Error::other).boxed(),
        };
        Ok(Some(Opened { size, range, bytes }))
    }

    /// A content as a file on this machine, fetched where it is kept elsewhere; none where it is not kept.
    pub async fn on_disk(&self, sha256: &str) -> Result<Option<OnDisk>> {
        let key = key(sha256)?;
        if self.0.is_local {
            let path = self.0.folder.path_of(sha256);
            return Ok(tokio::fs::try_exists(&path).await?.then_some(OnDisk::Kept(path)));
        }
        let Some(found) = self.heard(self.0.store.get(&key).await)? else { return Ok(None) };
        let mut stream = found.into_stream();
        let (file, temporary) = self.0.folder.temporary()?;
        let mut file = tokio::fs::File::from_std(file);
        while let Some(piece) = stream.next().await {
            file.write_all(&piece.map_err(|cause| self.fault(cause))?).await?;
        }
        file.flush().await?;
        Ok(Some(OnDisk::Fetched(temporary)))
    }

    /// Whether contents can be read and kept: says what is wrong and how to mend it. Nothing is kept for it: a folder is asked for
    /// its rights, and a bucket for an upload that is given up before it has a part.
    pub async fn check(&self) -> std::result::Result<(), String> {
        if self.0.is_local {
            let root = self.0.folder.root();
            return may_write(root).map_err(|cause| {
                format!(
                    "{} can't be written to: {cause}. See that the hub may write there and that it is not mounted for reading.",
                    root.display()
                )
            });
        }
        let told = |away: Away| format!("{} ({away})", away.told());
        self.ask().await.map_err(told)?;
        let mut upload = self.0.store.put_multipart(&Key::from("check")).await.map_err(|cause| told(cause.into()))?;
        upload.abort().await.map_err(|cause| told(cause.into()))
    }

    async fn size_of(&self, key: &Key) -> Result<Option<u64>> {
        Ok(self.heard(self.0.store.head(key).await)?.map(|about| about.size))
    }

    async fn put(&self, source: &Source, measured: &Measured) -> Result<()> {
        let key = key(&measured.sha256)?;
        if self.size_of(&key).await? == Some(measured.size) {
            return Ok(());
        }
        match source {
            Source::Bytes(bytes) => self.0.store.put(&key, bytes.clone().into()).await.map(drop).map_err(|cause| self.fault(cause)),
            Source::Path(path) => self.put_file(&key, path).await,
        }
    }

    /// Puts a file into the bucket: small ones at once, large ones in parts.
    async fn put_file(&self, key: &Key, path: &Path) -> Result<()> {
        let mut file = tokio::fs::File::open(path).await?;
        let mut writer = BufWriter::with_capacity(self.0.store.clone(), key.clone(), PART);
        let copied = tokio::io::copy_buf(&mut tokio::io::BufReader::with_capacity(PIECE, &mut file), &mut writer).await;
        if let Err(cause) = copied {
            drop(writer.abort().await);
            return Err(self.io_fault(cause));
        }
        writer.shutdown().await.map_err(|cause| self.io_fault(cause))
    }
}

/// The folder of a store's own files: the store itself, or where files arrive on their way to a bucket.
fn folder_of(url: &str, data_dir: &Path) -> PathBuf {
    if url.starts_with("s3://") { data_dir.join("documents") } else { PathBuf::from(url.strip_prefix("file://").unwrap_or(url)) }
}

#[cfg(unix)]
fn may_write(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(folder, rustix::fs::Access::READ_OK | rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)?)
}

#[cfg(not(unix))]
fn may_write(folder: &Path) -> io::Result<()> {
    if folder.metadata()?.permissions().readonly() { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
}

/// Where a content stands; refuses what is not a checksum, so that nothing else can be named.
fn key(sha256: &str) -> Result<Key> {
    let is_checksum = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if is_checksum { Ok(Key::from(folder::name_of(sha256))) } else { Err(Fault::new("a document's checksum is not one").into()) }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(Fault::new)??)
}

#[cfg(test)]
mod tests;
