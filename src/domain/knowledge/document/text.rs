//! The text found in files, by the checksum of the file: read once, however many documents share it.
//!
//! A text can have megabytes, so no request takes it whole: the graph takes a part of one page, cut by the database. The index takes
//! all of it: how much that may be is a setting, by which the reading ends.
use std::collections::HashMap;

use async_graphql::{Context, SimpleObject};
use sea_orm::{DbBackend, QueryFilter, QuerySelect, entity::prelude::*, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Moment, Result},
    column_enum,
    extract::{Extraction, NoText},
    relay::{context::Asking, loaders::Batch},
    store::{Json, Reader},
};

/// Stands between two pages of a searched text, so that a page can be counted from a place in it. No page contains it.
pub(super) const PAGE_BREAK: &str = "\n\u{c}\n";
/// Texts taken from the database at once.
const AT_ONCE: usize = 16;

column_enum!(
    /// How reading a file went.
    Status as "DocumentTextStatus" in "SCREAMING_SNAKE_CASE" {
        /// All of its text was found.
        Extracted,
        /// Some of its text was found, and that alone is searched: a limit was reached, or pages or many letters could not be read.
        Truncated,
        /// It shows pictures or drawings and no letters, as a scan does.
        Scanned,
        /// It shows letters, and none of them could be read: its fonts don't tell which they are.
        Unreadable,
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
    /// How many pages show letters of which none could be read, and how many pictures and no letters.
    pub unread_pages: i64,
    pub picture_pages: i64,
    /// The encoding a text file was read in; none for other files.
    pub encoding: Option<String>,
}

crate::plain_table!();

impl Model {
    /// What an extraction found, dated when it is saved; none where it was not run, so that it is tried again.
    pub(super) fn of(sha256: String, found: std::result::Result<Extraction, NoText>) -> Option<Self> {
        let why = match found {
            Ok(text) => return Some(Self::read(sha256, text)),
            Err(NoText::Unsupported) => Status::Unsupported,
            Err(NoText::Locked) => Status::Locked,
            Err(NoText::TooLarge) => Status::TooLarge,
            Err(NoText::TooLong) => Status::TooLong,
            Err(NoText::Broken(_)) => Status::Broken,
            Err(NoText::NotRun(_)) => return None,
        };
        Some(Self { status: why, ..Self::read(sha256, Extraction::default()) })
    }

    fn read(sha256: String, text: Extraction) -> Self {
        let has_text = text.pages.iter().any(|page| !page.is_empty());
        let status = match () {
            () if text.unread_pages > 0 && !has_text => Status::Unreadable,
            () if text.truncated || text.unread_pages > 0 => Status::Truncated,
            () if text.picture_pages > 0 && !has_text => Status::Scanned,
            () => Status::Extracted,
        };
        Self {
            sha256,
            status,
            unread_pages: text.unread_pages.into(),
            picture_pages: text.picture_pages.into(),
            encoding: text.encoding,
            pages: Json(text.pages),
            at: Moment(0),
        }
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
    /// How many of its pages show letters of which none could be read: their text is missing.
    pub unread_page_count: i64,
    /// How many of its pages show pictures or drawings and no letters, as those of a scan.
    pub picture_page_count: i64,
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
    unread_pages: i64,
    picture_pages: i64,
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
            .columns([Column::Sha256, Column::Status, Column::UnreadPages, Column::PicturePages])
            .column_as(count, "page_count")
            .column_as(page, "excerpt")
            .filter(Column::Sha256.is_in(keys));
        let mut found = HashMap::new();
        for cut_out in reader.project::<_, Excerpt>(select).await? {
            let mut text = cut_out.excerpt;
            let cut = text.char_indices().nth(self.characters as usize).map(|(end, _)| end);
            text.truncate(cut.unwrap_or(text.len()));
            let part = DocumentText {
                status: cut_out.status,
                page_count: cut_out.page_count,
                unread_page_count: cut_out.unread_pages,
                picture_page_count: cut_out.picture_pages,
                page: self.page,
                text,
                is_cut: cut.is_some(),
            };
            found.insert(cut_out.sha256, part);
        }
        Ok(found)
    }
}

/// The beginning of a page of a content's text; none where it was not read yet. Ask only for documents the viewer was shown.
pub(super) async fn excerpt(ctx: &Context<'_>, sha256: &str, page: i32, characters: i32) -> Result<Option<DocumentText>> {
    ctx.scope().loaders.load((page, characters), sha256.to_owned(), || Ok(Excerpts { page, characters })).await
}

/// The searched texts of several contents.
pub(super) async fn searched(reader: &Reader, sha256: &[String]) -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    for some in sha256.chunks(AT_ONCE) {
        for row in reader.all(reader.parts::<Entity>().filter(Column::Sha256.is_in(some))).await? {
            found.insert(row.sha256, row.pages.join(PAGE_BREAK));
        }
    }
    Ok(found)
}

/// The encoding a text file was read in; none where it was not read yet, or is no text.
pub(super) async fn encoding(reader: &Reader, sha256: &str) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Encoding {
        encoding: Option<String>,
    }
    let select = reader.parts::<Entity>().select_only().column(Column::Encoding).filter(Column::Sha256.eq(sha256));
    Ok(reader.project::<_, Encoding>(select).await?.pop().and_then(|found| found.encoding))
}
