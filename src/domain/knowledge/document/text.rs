//! The text found in files, by the checksum of the file: read once, however many documents share it.
//!
//! A text can have megabytes, so no reader takes it whole: the graph takes a part of one page, cut by the database; the
//! index takes the first [`SEARCHED`] bytes of it.
use std::collections::HashMap;

use async_graphql::{Context, SimpleObject};
use sea_orm::{
    DbBackend, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Moment, Result},
    column_enum,
    extract::{Extraction, NoText},
    relay::{context::Asking, loaders::Batch},
    store::{Json, Reader},
};

/// Bytes of a document's text that are searched; the rest is only read.
pub(super) const SEARCHED: usize = 400_000;
/// Stands between two pages of a searched text, so that a page can be counted from a place in it. No page contains it.
pub(super) const PAGE_BREAK: &str = "\n\u{c}\n";
/// Texts taken from the database at once.
const AT_ONCE: usize = 16;

column_enum!(
    /// How reading a file went.
    Status as "DocumentTextStatus" in "SCREAMING_SNAKE_CASE" {
        /// All of its text was found.
        Extracted,
        /// Some of its text was found: a limit was reached, or a page could not be read.
        Truncated,
        /// Text is not extracted from files of this media type.
        Unsupported,
        /// It is locked with a password.
        Locked,
        /// It takes more memory than a document may.
        TooLarge,
        /// It takes more time than a document may.
        TooLong,
        /// It is damaged.
        Broken,
    }
);

/// The text of one content.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "extracted_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    pub status: Status,
    pub pages: Json<Vec<String>>,
    pub at: Moment,
}

crate::plain_table!();

impl Model {
    /// What an extraction found, dated when it is saved; none where it was not run, so that it is tried again.
    pub(super) fn of(sha256: String, found: std::result::Result<Extraction, NoText>) -> Option<Self> {
        let (status, pages) = match found {
            Ok(text) => (if text.truncated { Status::Truncated } else { Status::Extracted }, text.pages),
            Err(NoText::Unsupported) => (Status::Unsupported, Vec::new()),
            Err(NoText::Locked) => (Status::Locked, Vec::new()),
            Err(NoText::TooLarge) => (Status::TooLarge, Vec::new()),
            Err(NoText::TooLong) => (Status::TooLong, Vec::new()),
            Err(NoText::Broken(_)) => (Status::Broken, Vec::new()),
            Err(NoText::NotRun(_)) => return None,
        };
        Some(Self { sha256, status, pages: Json(pages), at: Moment(0) })
    }

    /// Whether there is anything to search.
    pub(super) fn has_text(&self) -> bool {
        self.pages.iter().any(|page| !page.is_empty())
    }
}

/// A part of the text found in a document's file.
#[derive(Clone, Debug, SimpleObject)]
pub struct DocumentText {
    /// How reading the file went.
    pub status: Status,
    /// How many pages it has; formats without pages have one.
    pub page_count: i64,
    /// The page this is of.
    pub page: i32,
    /// The text; empty where the page has none or does not exist.
    pub text: String,
    /// Whether the page has more text than this.
    pub is_cut: bool,
}

/// The beginning of one page of several texts.
struct Excerpts {
    page: i32,
    characters: i32,
}

/// A page's beginning, as the database cuts it.
#[derive(Deserialize)]
struct Excerpt {
    sha256: String,
    status: Status,
    page_count: i64,
    excerpt: String,
}

impl Batch for Excerpts {
    type Key = String;
    type Value = DocumentText;

    async fn run(&self, reader: Reader, keys: Vec<String>) -> Result<HashMap<String, DocumentText>> {
        let one_more = self.characters + 1;
        let (count, page) = match reader.backend() {
            DbBackend::Postgres => (
                Expr::cust("CAST(json_array_length(pages::json) AS BIGINT)"),
                Expr::cust_with_values("substr(COALESCE(pages::json ->> CAST($1 AS INTEGER), ''), 1, $2)", [self.page - 1, one_more]),
            ),
            _ => (
                Expr::cust("json_array_length(pages)"),
                Expr::cust_with_values("substr(COALESCE(json_extract(pages, '$[' || ? || ']'), ''), 1, ?)", [self.page - 1, one_more]),
            ),
        };
        let select = reader
            .parts::<Entity>()
            .select_only()
            .column(Column::Sha256)
            .column(Column::Status)
            .column_as(count, "page_count")
            .column_as(page, "excerpt")
            .filter(Column::Sha256.is_in(keys));
        let mut found = HashMap::new();
        for Excerpt { sha256, status, page_count, excerpt: mut text } in reader.project(select).await? {
            let cut = text.char_indices().nth(self.characters as usize).map(|(end, _)| end);
            text.truncate(cut.unwrap_or(text.len()));
            found.insert(sha256, DocumentText { status, page_count, page: self.page, text, is_cut: cut.is_some() });
        }
        Ok(found)
    }
}

/// The beginning of a page of a content's text; none where it was not read yet. Ask only for documents the viewer was shown.
pub(super) async fn excerpt(ctx: &Context<'_>, sha256: &str, page: i32, characters: i32) -> Result<Option<DocumentText>> {
    ctx.scope().loaders.load((page, characters), sha256.to_owned(), || Ok(Excerpts { page, characters })).await
}

/// The searched texts of several contents, each cut to what is searched.
pub(super) async fn searched(reader: &Reader, sha256: &[String]) -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    for some in sha256.chunks(AT_ONCE) {
        for row in reader.all(reader.parts::<Entity>().filter(Column::Sha256.is_in(some))).await? {
            found.insert(row.sha256, together(&row.pages));
        }
    }
    Ok(found)
}

/// The pages one after another, as far as they are searched.
pub(super) fn together(pages: &[String]) -> String {
    let mut all = String::new();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            all.push_str(PAGE_BREAK);
        }
        let room = SEARCHED.saturating_sub(all.len());
        if page.len() > room {
            all.push_str(&page[..page.floor_char_boundary(room)]);
            break;
        }
        all.push_str(page);
    }
    all
}
