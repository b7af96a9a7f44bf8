//! Adding a document: with its file, or where it is on another site.
use async_graphql::{Context, ID, InputObject};

use super::{
    super::{
        Document, Row,
        about::TAKES,
        file,
        row::{DocumentKind, State},
    },
    input::Arrived,
};
use crate::{
    domain::{about, sharing},
    kernel::prelude::write::*,
    relay::Upload,
    store::Done,
};

/// What is said of a new document, whatever it is.
#[derive(Clone, Debug, InputObject)]
pub struct NewDocument {
    /// What it is about: a city, pairing, practice, programme or seminar.
    pub about: ID,
    #[graphql(flatten)]
    pub new: New<Document>,
    /// What sort of document it is.
    #[graphql(default)]
    pub kind: DocumentKind,
    /// Publish it at once. Else it is a draft.
    #[graphql(default)]
    pub publish: bool,
    /// Who may see it: a city the thing belongs to, a pairing or a programme of that city. Where not given, a published document is seen by
    /// those who see what it is about, and a draft by the writer's own people.
    pub share_with: Option<ID>,
}

/// What `uploadDocument` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UploadDocumentInput {
    /// The file, sent by the GraphQL multipart request specification. Its media type is found from its content.
    pub file: Upload,
    #[graphql(flatten)]
    pub document: NewDocument,
}

/// What `linkDocument` takes.
#[derive(Clone, Debug, InputObject)]
pub struct LinkDocumentInput {
    /// Its address: “https://” or “http://”, at most 2,000 characters.
    pub link: String,
    #[graphql(flatten)]
    pub document: NewDocument,
}

payload!(UploadDocumentPayload { document: Document }, "What `uploadDocument` answers.", "The document.");

payload!(LinkDocumentPayload { document: Document }, "What `linkDocument` answers.", "The document.");

/// What the document is.
#[derive(Clone)]
enum Content {
    File(Arrived),
    Link(String),
}

/// The command.
#[derive(Clone)]
struct Add {
    input: NewDocument,
    about: about::Subject,
    content: Content,
}

/// Reads the input, looks at the file, runs the command.
pub(super) async fn run(ctx: &Context<'_>, input: UploadDocumentInput) -> Result<Done<Id<Document>>> {
    let (key, fingerprint) = (input.document.new.idempotency_key.clone(), format!("uploadDocument {input:?}"));
    let about = about::read(&input.document.about, "input.about", TAKES)?;
    let arrived = Arrived::of(ctx, input.file, "input.file").await?;
    let command = Add { input: input.document, about, content: Content::File(arrived.clone()) };
    arrived.bring(ctx, command, key, fingerprint).await
}

impl Command for LinkDocumentInput {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let about = about::read(&self.document.about, "input.about", TAKES)?;
        let content = Content::Link(self.link.trim().to_owned());
        Add { input: self.document.clone(), about, content }.apply(tx).await
    }
}

impl Command for Add {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let input = &self.input;
        let (parent, belonging) = about::begin(tx, self.about).await?;
        let audience = sharing::below(tx, &parent, input.share_with.as_ref(), input.publish, "input.shareWith").await?;
        let id: Id<Document> = tx.id();
        let (file, link) = match &self.content {
            Content::File(file) => (Some(file), None),
            Content::Link(link) => (None, Some(link.clone())),
        };
        let mut row = new_row!(id, String::new(), audience, {
            document_kind: input.kind,
            state: if input.publish { State::Published } else { State::Draft },
            about_kind: self.about.kind.to_owned(),
            about: self.about.id,
            link,
            media_type: file.map_or_else(String::new, |file| file.media_type.to_owned()),
            size: file.map_or(0, |file| file.size),
            sha256: file.map_or_else(String::new, |file| file.sha256.clone()),
            file_name: file.map_or_else(String::new, |file| file.file_name.clone()),
            file_version: file.map_or(0, |_| 1),
            belongs: Json(belonging.belongs),
            owners: Json(parent.owners),
            published_on: input.publish.then(|| Json(tx.now().day())),
            published_at: tx.now(),
        });
        input.new.fill(tx, &mut row, None).await?;
        let row = tx.create(row.derived(), &[]).await?;
        if file.is_some() {
            let version = file::Model::newest(&row, tx.now(), tx.viewer().person);
            tx.part(None, version).await?;
        }
        Ok(id)
    }
}
