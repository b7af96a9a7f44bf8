//! The versions of a document's file, and handing one out.
use std::collections::HashMap;

use async_graphql::{Context, Object};
use sea_orm::{Condition, QueryFilter, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Document, row, text};
use crate::{
    base::{Id, Moment, Result},
    kernel::import::KeptFile,
    relay::{DateTime, Object, context::Asking, loaders::Batch},
    store::{Part, Reader},
};

/// A version of a document's file. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "document_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub document: Id<Document>,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub file_version: i64,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
    pub file_name: String,
    pub created_at: Moment,
    /// Who brought it; none for an import.
    pub actor: Option<Uuid>,
}

crate::plain_table!();

impl Part for Model {
    fn subject(&self) -> Uuid {
        self.document.uuid()
    }
    fn part(&self) -> String {
        format!("file/{}", self.file_version)
    }
    fn version(&self) -> i64 {
        1
    }
    fn set_version(&mut self, _: i64) {}
    fn key(&self) -> Condition {
        Condition::all().add(Column::Document.eq(self.document)).add(Column::FileVersion.eq(self.file_version))
    }
}

impl Model {
    /// A version before the one a document's row tells, as an import brings it.
    pub(super) fn earlier(document: &row::Model, file_version: i64, file: &KeptFile, created_at: Moment) -> Self {
        Self {
            document: document.id,
            file_version,
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            file_name: file.file_name.clone(),
            created_at,
            actor: None,
        }
    }

    /// The version a document's row tells.
    pub(super) fn newest(document: &row::Model, created_at: Moment, actor: Option<Uuid>) -> Self {
        Self {
            document: document.id,
            file_version: document.file_version,
            media_type: document.media_type.clone(),
            size: document.size,
            sha256: document.sha256.clone(),
            file_name: document.file_name.clone(),
            created_at,
            actor,
        }
    }
}

/// The versions by document.
struct Versions;

impl Batch for Versions {
    type Key = Uuid;
    type Value = Vec<Model>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Model>>> {
        of_all(&reader, keys).await
    }
}

/// The versions of these documents' files, the newest first. Ask only for documents this reader has admitted.
pub(super) async fn of_all(reader: &Reader, documents: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Model>>> {
    let select = reader.parts::<Entity>().filter(Column::Document.is_in(documents)).order_by_desc(Column::FileVersion);
    let mut found: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for row in reader.all(select).await? {
        found.entry(row.document.uuid()).or_default().push(row);
    }
    Ok(found)
}

/// The versions of a document the viewer was shown.
pub(super) async fn versions(ctx: &Context<'_>, document: Id<Document>) -> Result<Vec<Object<DocumentFile>>> {
    let rows = ctx.scope().loaders.load((), document.uuid(), || Ok(Versions)).await?;
    Ok(rows.unwrap_or_default().into_iter().map(DocumentFile).map(Object).collect())
}

/// Where a document's newest file is downloaded.
pub(super) fn url(ctx: &Context<'_>, document: Id<Document>) -> String {
    format!("{}/documents/{document}", ctx.hub().public_url)
}

/// A version of a document's file.
pub struct DocumentFile(Model);

/// A version of a document's file.
#[Object]
impl DocumentFile {
    /// Counts the files of the document, from 1.
    async fn file_version(&self) -> i64 {
        self.0.file_version
    }

    /// Its name, for people.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// Its media type, found from the content.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// Its length in bytes.
    async fn size(&self) -> i64 {
        self.0.size
    }

    /// The SHA-256 of its bytes, in hex.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// When it was brought.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Where it is downloaded, with the same credential.
    async fn url(&self, ctx: &Context<'_>) -> String {
        format!("{}?version={}", url(ctx, self.0.document), self.0.file_version)
    }
}

/// What a download needs to know of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Names its bytes.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Found from the content.
    pub media_type: String,
    /// The encoding a text was read in; none where it was not read yet, or is no text.
    pub encoding: Option<String>,
    /// For people.
    pub file_name: String,
    /// When this version came.
    pub modified: Moment,
    /// Whether everyone may have it.
    pub is_public: bool,
}

/// What there is to download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The file.
    File(Content),
    /// It is on another site.
    Link(String),
    /// The document was taken back.
    Withdrawn,
}

/// The newest file of a document, where it leads, or one of its versions, as the reader's viewer may have it.
pub async fn handed_out(reader: &Reader, id: &str, version: Option<i64>) -> Result<Option<Handed>> {
    let Ok(id) = id.parse::<Id<Document>>() else { return Ok(None) };
    let Some(document) = reader.by_ids::<row::Entity>(&[id.uuid()]).await?.pop() else { return Ok(None) };
    if document.state == row::State::Withdrawn {
        return Ok(Some(Handed::Withdrawn));
    }
    if let (Some(link), None) = (document.open_link(), version) {
        return Ok(Some(Handed::Link(link.to_owned())));
    }
    let wanted = Condition::all().add(Column::Document.eq(id)).add(Column::FileVersion.eq(version.unwrap_or(document.file_version)));
    let Some(file) = reader.first(reader.parts::<Entity>().filter(wanted)).await? else { return Ok(None) };
    Ok(Some(Handed::File(Content {
        encoding: text::encoding(reader, &file.sha256).await?,
        sha256: file.sha256,
        size: u64::try_from(file.size).unwrap_or(0),
        media_type: file.media_type,
        file_name: file.file_name,
        modified: file.created_at,
        is_public: document.audience.is_public(),
    })))
}
