//! What several of the commands share: a document's file.
use std::{fs::File, io, path::PathBuf, sync::Arc};

use async_graphql::Context;

use crate::{
    base::{Fault, text::fits_line},
    extract,
    kernel::prelude::write::*,
    relay::{Upload, upload::ReceivedFile},
    store::{Done, Request},
};

/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 200;

/// A file that came with the request, known by its content.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    file: Arc<ReceivedFile>,
    pub sha256: String,
    pub size: i64,
    pub media_type: &'static str,
    pub file_name: String,
}

impl Arrived {
    /// Looks at the file; `path` names the input field in a refusal.
    pub async fn of(ctx: &Context<'_>, upload: Upload, path: &str) -> Result<Self> {
        let file = upload.file(ctx).or_else(|_| refuse(Code::BadInput, path, "The file was not sent with this request."))?;
        refuse_if(file.size == 0, Code::BadInput, path, "The file is empty.")?;
        let (sha256, file_name) = (hex::encode(file.sha256), plain_name(&file.file_name));
        let (path, name) = (file.path().to_owned(), file_name.clone());
        let look = |path: PathBuf| blocking(move || extract::media_type(&mut File::open(path)?, Some(&name)));
        let media_type = match tokio::fs::try_exists(&path).await? {
            true => look(path).await?,
            // Another field of the same request has kept it already.
            false => {
                let kept = ctx.hub().files.on_disk(&sha256).await?.ok_or_else(|| Fault::new("a file that was sent is gone"))?;
                look(kept.path().to_owned()).await?
            }
        };
        Ok(Self { sha256, size: i64::try_from(file.size).unwrap_or(i64::MAX), media_type, file_name, file })
    }

    /// Runs a command that names this file: once without its commit, so that nothing is kept for what is refused; then
    /// the file is kept; then for good.
    pub async fn bring<C: Command + Clone>(
        &self,
        ctx: &Context<'_>,
        command: C,
        idempotency_key: Option<String>,
        fingerprint: String,
    ) -> Result<Done<C::Output>> {
        let hub = ctx.hub();
        let request = Request { idempotency_key, fingerprint: format!("{fingerprint} {}", self.sha256), ..Request::by(ctx.viewer()) };
        hub.writer.run(Request { dry_run: true, ..request.clone() }, command.clone()).await?;
        hub.files.keep(self.file.path(), &self.sha256).await?;
        hub.writer.run(request, command).await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(Fault::new)??)
}

/// A name to show: without folders and letters that fit no line, not too long, never empty.
pub(super) fn plain_name(told: &str) -> String {
    let base = told.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = base.chars().filter(|letter| fits_line(*letter)).collect();
    let name = name.trim().trim_start_matches('.');
    if name.is_empty() {
        return "file".to_owned();
    }
    let count = name.chars().count();
    if count <= LONGEST_NAME {
        return name.to_owned();
    }
    // The ending tells people what it is.
    let ending: String = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.len() <= 10)
        .map_or(String::new(), |ending| format!(".{ending}"));
    name.chars().take(LONGEST_NAME - ending.chars().count()).chain(ending.chars()).collect()
}
