//! Contents in a folder: `ab/abcd…`, put in place by renames, after their bytes are safe.
//!
//! Everything here blocks.
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Measured, Source};

/// Where a content stands below the folder or the bucket's prefix.
pub(super) fn name_of(sha256: &str) -> String {
    format!("{}/{sha256}", &sha256[..2])
}

/// A folder of contents.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Where this process puts what is on its way; none where it only looks.
    own: Option<Arc<Incoming>>,
    incoming: PathBuf,
}

/// A process's own folder below `incoming`, which it has locked: what stands in one that nobody has locked was left by a process that died.
#[derive(Debug)]
struct Incoming {
    path: PathBuf,
    _lock: File,
}

impl Incoming {
    /// Makes one of a name that nobody else has.
    fn make(all: &Path) -> io::Result<Self> {
        loop {
            let path = all.join(uuid::Uuid::new_v4().to_string());
            fs::create_dir(&path)?;
            let lock = File::open(&path)?;
            lock.lock()?;
            // Whoever swept before it was locked took it for one that was left.
            if path.exists() {
                return Ok(Self { path, _lock: lock });
            }
        }
    }

    /// Takes away what dead processes left.
    fn sweep(all: &Path) -> io::Result<()> {
        for entry in fs::read_dir(all)?.flatten() {
            let path = entry.path();
            // What is gone by now, another process swept.
            if path.is_dir() && File::open(&path).is_ok_and(|lock| lock.try_lock().is_ok() && fs::remove_dir_all(&path).is_err()) {
                tracing::warn!(folder = %path.display(), "what a dead process left could not be taken away");
            }
        }
        Ok(())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // What is still on its way keeps it, and it is swept later.
        drop(fs::remove_dir(&self.path));
    }
}

/// A file on its way; gone when dropped, unless it was moved.
#[derive(Debug)]
pub struct Temporary(PathBuf);

/// Files on their way together, in a folder of their own: whoever writes others at the same time does not wait for it. Gone when dropped.
#[derive(Debug)]
struct Lot(PathBuf);

impl Drop for Lot {
    fn drop(&mut self) {
        // What could not be moved goes, too.
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Temporary {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Moved away is the usual case.
        drop(fs::remove_file(&self.0));
    }
}

impl Folder {
    /// Opens a folder, made when missing, and sweeps what dead processes left.
    pub fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let folder = Self::at(path.canonicalize()?);
        fs::create_dir_all(&folder.incoming)?;
        Incoming::sweep(&folder.incoming)?;
        let own = Incoming::make(&folder.incoming)?;
        Ok(Self { own: Some(Arc::new(own)), ..folder })
    }

    /// A folder that is there, to look at.
    pub fn look(path: &Path) -> io::Result<Self> {
        Ok(Self::at(path.canonicalize()?))
    }

    /// A folder as it is named.
    pub fn at(root: PathBuf) -> Self {
        Self { incoming: root.join("incoming"), own: None, root }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where this process puts what is on its way.
    pub fn incoming(&self) -> &Path {
        self.own.as_ref().map_or(&self.incoming, |own| &own.path)
    }

    pub fn path_of(&self, sha256: &str) -> PathBuf {
        self.root.join(name_of(sha256))
    }

    /// A new file of one's own among those on their way.
    pub fn temporary(&self) -> io::Result<(File, Temporary)> {
        let path = self.unused();
        Ok((File::create_new(&path)?, Temporary(path)))
    }

    /// A path for something on its way that nothing else has.
    fn unused(&self) -> PathBuf {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        self.incoming().join(format!("keeping-{}", NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// Moves a file into its place.
    pub fn keep(&self, temporary: &Path, sha256: &str) -> io::Result<()> {
        let place = self.path_of(sha256);
        if place.exists() {
            // Whoever put it there may not have flushed the folder yet.
            self.flush_way_to(&place)?;
            return fs::remove_file(temporary);
        }
        File::open(temporary)?.sync_all()?;
        self.make_way_to(&place)?;
        match fs::rename(temporary, &place) {
            Err(cause) if cause.kind() == io::ErrorKind::CrossesDevices => {
                let (mut copy, near) = self.temporary()?;
                io::copy(&mut File::open(temporary)?, &mut copy)?;
                copy.sync_all()?;
                fs::rename(near.path(), &place)?;
                fs::remove_file(temporary)?;
            }
            moved => moved?,
        }
        self.flush_way_to(&place)
    }

    /// Measures contents and keeps the new ones: all written, one flush, all moved, one flush.
    pub fn keep_all(&self, sources: &[Source]) -> io::Result<Vec<io::Result<Measured>>> {
        let mut arrived = Vec::new();
        let mut measured = Vec::with_capacity(sources.len());
        let mut lot = None;
        for source in sources {
            measured.push(self.arrive(source, &mut lot, &mut arrived)?);
        }
        if !arrived.is_empty() {
            let files: Vec<&Path> = arrived.iter().map(|(temporary, _)| temporary.as_path()).collect();
            flush(&self.root, &files)?;
            for (temporary, place) in &arrived {
                self.make_way_to(place)?;
                fs::rename(temporary, place)?;
            }
        }
        let mut folders: Vec<&Path> = arrived.iter().filter_map(|(_, place)| place.parent()).chain([self.root.as_path()]).collect();
        folders.sort_unstable();
        folders.dedup();
        flush(&self.root, &folders)?;
        Ok(measured)
    }

    /// Measures one content and, where it is new, writes it beside the others on their way.
    fn arrive(&self, source: &Source, lot: &mut Option<Lot>, arrived: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<io::Result<Measured>> {
        let measured = match source.measure() {
            Ok(measured) => measured,
            Err(cause) => return Ok(Err(cause)),
        };
        let place = self.path_of(&measured.sha256);
        if fs::metadata(&place).is_ok_and(|about| about.len() == measured.size) {
            return Ok(Ok(measured));
        }
        let lot = match lot {
            Some(lot) => lot,
            None => {
                let path = self.unused();
                fs::create_dir(&path)?;
                lot.insert(Lot(path))
            }
        };
        let temporary = lot.0.join(arrived.len().to_string());
        let copied = source.measure_into(&mut File::create(&temporary)?)?;
        if copied.sha256 != measured.sha256 {
            return Ok(Err(io::Error::other("it changed while it was read")));
        }
        arrived.push((temporary, place));
        Ok(Ok(measured))
    }

    fn make_way_to(&self, place: &Path) -> io::Result<()> {
        match place.parent() {
            Some(folder) if !folder.exists() => fs::create_dir_all(folder),
            _ => Ok(()),
        }
    }

    fn flush_way_to(&self, place: &Path) -> io::Result<()> {
        if let Some(folder) = place.parent() {
            File::open(folder)?.sync_all()?;
        }
        File::open(&self.root)?.sync_all()
    }
}

/// Flushes many files or folders: with one call for the whole file system, many times faster than one by one.
#[cfg(target_os = "linux")]
fn flush(root: &Path, _paths: &[&Path]) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(root)?)?)
}

/// Flushes many files or folders.
#[cfg(not(target_os = "linux"))]
fn flush(_root: &Path, paths: &[&Path]) -> io::Result<()> {
    paths.iter().try_for_each(|path| File::open(path)?.sync_all())
}
