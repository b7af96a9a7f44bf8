//! What several of the commands share: the words of a document, its file, and who may write it.
use std::{io, sync::Arc};

use async_graphql::Context;
use futures_util::TryStreamExt;
use tokio::io::AsyncReadExt;

use crate::{
    base::{Code, Refusal, Result, refuse, refuse_if, text::is_blank},
    extract::{self, HEAD_BYTES},
    relay::{Upload, context::Asking, upload::ReceivedFile},
    store::{Command, Done, Request},
};

/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 200;

/// What people say of a document.
pub struct Words<'a> {
    /// Its title.
    pub title: &'a str,
    /// What is in it.
    pub description: Option<&'a str>,
    /// Under which licence.
    pub licence: Option<&'a str>,
}

/// Refuses what is missing or too long; `at` comes before the field's name in the path.
pub fn check(words: &Words<'_>, at: &str) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if is_blank(words.title) {
        refusals.push(Refusal::new(Code::Required, format!("{at}title"), "“title” is empty; write one."));
    }
    for (name, text, longest) in
        [("title", Some(words.title), 300), ("description", words.description, 5_000), ("licence", words.licence, 200)]
    {
        let length = text.map_or(0, |text| text.chars().count());
        if length > longest {
            refusals.push(Refusal::new(
                Code::TooLong,
                format!("{at}{name}"),
                format!("“{name}” has {length} characters; at most {longest} are allowed."),
            ));
        }
    }
    refusals
}

/// A text worth keeping: trimmed, none where nothing is left.
pub(super) fn kept(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !is_blank(text))
}

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
        let head = match tokio::fs::File::open(file.path()).await {
            Ok(opened) => {
                let mut head = Vec::new();
                opened.take(HEAD_BYTES as u64).read_to_end(&mut head).await?;
                head
            }
            // Another field of the same request has kept it already.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                let opened = ctx.hub().files.open_at(&sha256, Some(0..file.size.min(HEAD_BYTES as u64))).await?;
                let pieces: Vec<bytes::Bytes> = opened.ok_or(cause)?.bytes.try_collect().await?;
                pieces.concat()
            }
            Err(cause) => return Err(cause.into()),
        };
        Ok(Self {
            sha256,
            size: i64::try_from(file.size).unwrap_or(i64::MAX),
            media_type: extract::media_type(&head, Some(&file_name)),
            file_name,
            file,
        })
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

/// A name to show: without folders and controls, not too long, never empty.
pub(super) fn plain_name(told: &str) -> String {
    let base = told.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = base.chars().filter(|letter| !letter.is_control()).collect();
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
