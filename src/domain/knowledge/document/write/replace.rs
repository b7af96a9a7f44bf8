//! Giving a document a new version of its file; one that was a link is a file from then on.
use async_graphql::{Context, ID, InputObject};

use super::{
    super::{Document, Row, file, life::REPLACE},
    input::Arrived,
};
use crate::{
    kernel::{life, prelude::write::*},
    relay::Upload,
    store::Done,
};

/// What `replaceDocumentFile` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReplaceDocumentFileInput {
    /// The document.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// The new file, sent by the GraphQL multipart request specification.
    pub file: Upload,
    /// Makes a retry harmless. A retry sends the same file.
    pub idempotency_key: Option<String>,
}

payload!(ReplaceDocumentFilePayload { document: Document }, "What `replaceDocumentFile` answers.", "The document as it is now.");

/// The command.
#[derive(Clone)]
struct Replace {
    id: Id<Document>,
    expected_version: Option<i32>,
    arrived: Arrived,
}

/// Reads the input, looks at the file, runs the command.
pub(super) async fn run(ctx: &Context<'_>, input: ReplaceDocumentFileInput) -> Result<Done<Id<Document>>> {
    let fingerprint = format!("replaceDocumentFile {input:?}");
    let id = Id::parse(&input.id, "input.id")?;
    let arrived = Arrived::of(ctx, input.file, "input.file").await?;
    let command = Replace { id, expected_version: input.expected_version, arrived: arrived.clone() };
    arrived.bring(ctx, command, input.idempotency_key, fingerprint).await
}

impl Command for Replace {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let before = life::begin_any_version(tx, &REPLACE, self.id).await?;
        tx.expect(&before, self.expected_version)?;
        refuse_if(before.sha256 == self.arrived.sha256, Code::BadInput, "input.file", "This is the file the document has already.")?;
        let after = Row {
            link: None,
            media_type: self.arrived.media_type.to_owned(),
            size: self.arrived.size,
            sha256: self.arrived.sha256.clone(),
            file_name: self.arrived.file_name.clone(),
            file_version: before.file_version + 1,
            ..before.clone()
        };
        let version = file::Model::newest(&after, tx.now(), tx.viewer().person);
        tx.change(&before, after, &[]).await?;
        tx.part(None, version).await?;
        Ok(self.id)
    }
}
