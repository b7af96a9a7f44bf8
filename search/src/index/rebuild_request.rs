//! Requests to rebuild: a command asks the process that holds an index to rebuild it, by files beside the index.
//!
//! `rebuild-<name>.asked` asks; the holder takes it by renaming it to `.taken`, rebuilds, and answers in `.told`, which the command reads and takes away. A
//! holder that ends in between leaves `.taken` behind; the next one does it. Whoever may write into the folder may ask: it needs no account.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::contract::Result;

const PREFIX: &str = "rebuild-";
const ASKED: &str = ".asked";
const TAKEN: &str = ".taken";
const TOLD: &str = ".told";

/// A request, on the side of the command that asks. Dropped, it is no longer asked for.
#[derive(Debug)]
pub struct RebuildRequest {
    root: PathBuf,
    name: String,
}

/// How far a request is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has taken it yet.
    Asked,
    /// It is being done.
    Taken,
    /// It was done: so many documents are in the new index.
    Done(u64),
    /// It could not be done, and why.
    Failed(String),
}

impl RebuildRequest {
    /// Leaves a request beside the index of a folder, under a name that no other has.
    pub fn submit(root: &Path, name: &str) -> Result<RebuildRequest> {
        let request = RebuildRequest { root: root.to_owned(), name: name.to_owned() };
        fs::write(request.file(ASKED), "")?;
        Ok(request)
    }

    fn file(&self, ending: &str) -> PathBuf {
        file(&self.root, &self.name, ending)
    }

    /// Looks how far it is.
    pub fn progress(&self) -> Result<Progress> {
        match fs::read_to_string(self.file(TOLD)) {
            Ok(told) => Ok(told.parse().map_or(Progress::Failed(told), Progress::Done)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Ok(if self.file(ASKED).exists() { Progress::Asked } else { Progress::Taken })
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for RebuildRequest {
    fn drop(&mut self) {
        for ending in [ASKED, TAKEN, TOLD] {
            remove(&self.file(ending));
        }
    }
}

/// Takes the requests that were left beside the index of a folder, answers their names.
pub fn take(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root)? {
        let found = entry?.file_name().to_string_lossy().into_owned();
        let Some(found) = found.strip_prefix(PREFIX) else { continue };
        if let Some(name) = found.strip_suffix(TAKEN) {
            names.push(name.to_owned());
        } else if let Some(name) = found.strip_suffix(ASKED) {
            // It may be withdrawn in this moment.
            if fs::rename(file(root, name, ASKED), file(root, name, TAKEN)).is_ok() {
                names.push(name.to_owned());
            }
        }
    }
    Ok(names)
}

/// Answers a request that was taken.
pub fn complete(root: &Path, name: &str, done: &std::result::Result<u64, String>) -> Result<()> {
    let taken = file(root, name, TAKEN);
    // Withdrawn meanwhile: nobody reads the answer.
    if !taken.exists() {
        return Ok(());
    }
    let draft = file(root, name, ".draft");
    fs::write(&draft, done.as_ref().map_or_else(Clone::clone, u64::to_string))?;
    fs::rename(&draft, file(root, name, TOLD))?;
    remove(&taken);
    Ok(())
}

fn file(root: &Path, name: &str, ending: &str) -> PathBuf {
    root.join(format!("{PREFIX}{name}{ending}"))
}

fn remove(file: &Path) {
    if let Err(error) = fs::remove_file(file)
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(%error, file = %file.display(), "a file of a request to rebuild could not be removed");
    }
}
