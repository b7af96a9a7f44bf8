//! A document.
use async_graphql::{Context, Object, Result};

use super::{
    file::{self, DocumentFile},
    link,
    row::{self, DocumentKind, State},
    text::{self, DocumentText},
};
use crate::{
    base::{Code, refuse_if},
    kernel::prelude::node::*,
};

/// Characters of a page that are answered at the most.
const MOST_CHARACTERS: i32 = 100_000;

node!(
    /// A file and its versions, or a link, about something.
    Document = "document", ViewerCan;
    says &[
        ("version", "Counts the saves; give it to `expectedVersion`. For the versions of its file see `files`."),
        ("audience", "Who may see it: never more than see what it is about."),
    ]; {
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// What sort of document it is.
        "kind": DocumentKind = |row| row.document_kind,
        /// The title, in the document's language.
        "title": &str = |row| &row.title,
        /// What is in it, in the document's language.
        "description": Option<&str> = |row| row.description.as_deref(),
        /// The language it is written in; null where not known.
        "language": Option<LanguageTag> = |row| row.language.clone().map(LanguageTag),
        /// Under which licence it may be used, by its SPDX name where it has one: `CC-BY-4.0`.
        "licence": Option<&str> = |row| row.licence.as_deref(),
        /// Where it is on another site; null for a file, and for a withdrawn document.
        "link": Option<&str> = |row| row.open_link(),
        /// The media type of the newest file, found from its content; null for a link.
        "mediaType": Option<&str> = |row| row.of_file(row.media_type.as_str()),
        /// The length of the newest file in bytes; null for a link.
        "size": Option<i64> = |row| row.of_file(row.size),
        /// The SHA-256 of the newest file's bytes, in hex; also the `ETag` of its download; null for a link.
        "sha256": Option<&str> = |row| row.of_file(row.sha256.as_str()),
        /// The name of the newest file, for people; null for a link.
        "fileName": Option<&str> = |row| row.of_file(row.file_name.as_str()),
        /// Counts the versions of the file, from 1; null for a link.
        "fileVersion": Option<i64> = |row| row.of_file(row.file_version),
        /// The day it was published; null for drafts.
        "publishedOn": Option<DateValue> = |row| row.published_on.as_ref().map(|day| DateValue(day.0)),
        /// Why it was withdrawn; null unless it was.
        "withdrawnReason": Option<&str> = |row| row.withdrawn_reason.as_deref(),
    }
);

/// A file and its versions, or a link to another site, about an application, city, pairing, practice, programme or seminar.
#[Object]
impl Document {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Where the newest file is downloaded, with the same credential. A link and a withdrawn document have none.
    async fn url(&self, ctx: &Context<'_>) -> Option<String> {
        (self.0.link.is_none() && self.0.state != State::Withdrawn).then(|| file::url(ctx, self.0.id))
    }

    /// The day on which it was last asked, by a HEAD request, whether the link leads anywhere; null where that was not asked.
    async fn link_checked_on(&self, ctx: &Context<'_>) -> Result<Option<DateValue>> {
        Ok(link::found(ctx, &self.0).await?.map(|check| DateValue(check.checked_at.day())))
    }

    /// Why the link led nowhere when it was last asked; null where it led somewhere, and where that was not asked.
    async fn link_fault(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(link::found(ctx, &self.0).await?.and_then(|check| check.fault))
    }

    /// Every version of its file, the newest first. A withdrawn document shows none.
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<Object<DocumentFile>>> {
        if self.0.state == State::Withdrawn {
            return Ok(Vec::new());
        }
        Ok(file::versions(ctx, self.0.id).await?)
    }

    /// The text found in the newest file, a page at a time; null until it was read, and for a withdrawn document.
    async fn extracted_text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which page, from 1.", default = 1)] page: i32,
        #[graphql(desc = "At most this many characters, 1 to 100,000.", default = 5_000)] characters: i32,
    ) -> Result<Option<DocumentText>> {
        refuse_if(page < 1, Code::BadInput, "page", "Pages count from 1.")?;
        let in_range = (1..=MOST_CHARACTERS).contains(&characters);
        refuse_if(!in_range, Code::BadInput, "characters", format!("“characters” is 1 to {MOST_CHARACTERS}."))?;
        if self.0.state == State::Withdrawn {
            return Ok(None);
        }
        Ok(text::excerpt(ctx, &self.0.sha256, page, characters).await?)
    }
}
