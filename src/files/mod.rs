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
mod folder;
mod source;

use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    GetOptions, GetResultPayload, ObjectStore, ObjectStoreExt, aws::AmazonS3Builder, buffered::BufWriter, local::LocalFileSystem,
    path::Path as Key, prefix::PrefixStore,
};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio_util::io::ReaderStream;

use crate::base::{Code, Error, Fault, Result, refuse};
use folder::Folder;
pub use folder::Temporary;
pub use source::{HEAD, Measured, Source};

/// Bytes of one piece of an opened file.
const PIECE: usize = 64 << 10;
/// Contents put into a bucket at once.
const PUTS: usize = 16;
/// Bytes a put into a bucket gathers before it becomes one of several parts.
const PART: usize = 8 << 20;

/// The store of documents' bytes. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Inner>);

struct Inner {
    store: Arc<dyn ObjectStore>,
    folder: Folder,
    /// Whether the folder is the store, or only where files arrive on their way to a bucket.
    is_local: bool,
    told: String,
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
        let wrong = |told: String| refuse(Code::BadInput, "documents-url", format!("The setting “documents-url” is wrong: {told}."));
        if let Some(place) = url.strip_prefix("s3://") {
            let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
            if bucket.is_empty() {
                return wrong(format!("{url} names no bucket, as s3://bucket/prefix does"));
            }
            let store = match AmazonS3Builder::from_env().with_bucket_name(bucket).build() {
                Ok(store) => store,
                Err(cause) => return wrong(format!("{url} can't be opened: {cause}")),
            };
            let folder = Folder::open(&data_dir.join("documents"))?;
            let store = Arc::new(PrefixStore::new(store, Key::from(prefix)));
            return Ok(Self(Arc::new(Inner { store, folder, is_local: false, told: url.to_owned() })));
        }
        let path = Path::new(url.strip_prefix("file://").unwrap_or(url));
        let folder = match Folder::open(path) {
            Ok(folder) => folder,
            Err(cause) => return wrong(format!("the folder {} can't be used: {cause}", path.display())),
        };
        let store = LocalFileSystem::new_with_prefix(folder.root()).map_err(Fault::new)?;
        let told = folder.root().display().to_string();
        Ok(Self(Arc::new(Inner { store: Arc::new(store), folder, is_local: true, told })))
    }

    /// Where the contents are kept, for people.
    pub fn place(&self) -> &str {
        &self.0.told
    }

    /// Where files arrive: on the file system they are kept on, where that is a folder.
    pub fn incoming(&self) -> &Path {
        self.0.folder.incoming()
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

    /// Whether this content is kept.
    pub async fn exists(&self, sha256: &str) -> Result<bool> {
        Ok(self.size_of(&key(sha256)?).await?.is_some())
    }

    /// Opens a content, or a part of it; none where it is not kept. A range must lie within the content and not be empty.
    pub async fn open_at(&self, sha256: &str, range: Option<Range<u64>>) -> Result<Option<Opened>> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        let found = match self.0.store.get_opts(&key(sha256)?, options).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(cause) => return Err(Fault::new(cause).into()),
        };
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
        let mut stream = match self.0.store.get(&key).await {
            Ok(found) => found.into_stream(),
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(cause) => return Err(Fault::new(cause).into()),
        };
        let (file, temporary) = self.0.folder.temporary()?;
        let mut file = tokio::fs::File::from_std(file);
        while let Some(piece) = stream.next().await {
            file.write_all(&piece.map_err(Fault::new)?).await?;
        }
        file.flush().await?;
        Ok(Some(OnDisk::Fetched(temporary)))
    }

    /// Writes, reads and deletes a small content; says what is wrong and how to mend it.
    pub async fn check(&self) -> std::result::Result<(), String> {
        let told = |what: &str, cause: object_store::Error| {
            let mend = if self.0.is_local {
                "See that the hub may write there and that there is room."
            } else {
                "See the bucket's name, its region and the AWS_… credentials."
            };
            format!("Documents: {what} in {} failed: {cause}. {mend}", self.0.told)
        };
        let key = Key::from("check");
        let store = &self.0.store;
        store.put(&key, Bytes::from_static(b"hansa").into()).await.map_err(|cause| told("writing", cause))?;
        let read = store.get(&key).await.map_err(|cause| told("reading", cause))?.bytes().await.map_err(|cause| told("reading", cause))?;
        store.delete(&key).await.map_err(|cause| told("deleting", cause))?;
        if read == b"hansa"[..] { Ok(()) } else { Err(format!("Documents: {} answers other bytes than were written.", self.0.told)) }
    }

    async fn size_of(&self, key: &Key) -> Result<Option<u64>> {
        match self.0.store.head(key).await {
            Ok(about) => Ok(Some(about.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(cause) => Err(Fault::new(cause).into()),
        }
    }

    async fn put(&self, source: &Source, measured: &Measured) -> Result<()> {
        let key = key(&measured.sha256)?;
        if self.size_of(&key).await? == Some(measured.size) {
            return Ok(());
        }
        match source {
            Source::Bytes(bytes) => self.0.store.put(&key, bytes.clone().into()).await.map(drop).map_err(|cause| Fault::new(cause).into()),
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
            return Err(cause.into());
        }
        Ok(writer.shutdown().await?)
    }
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
