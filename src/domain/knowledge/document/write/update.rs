//! Changing what is said of a document, and publishing it.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{
        Document, Row,
        life::{PUBLISH, UPDATE},
        row::{DocumentKind, State},
    },
    input::{Words, check, kept},
};
use crate::{
    base::{Code, Error, Id, Result, refuse},
    domain::{about, sharing},
    kernel::life,
    payload,
    relay::LanguageTag,
    store::{Command, Json, Tx},
};

/// What `updateDocument` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDocumentInput {
    /// The document.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// 1 to 300 characters, in the document's language.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: Option<DocumentKind>,
    /// The language it is written in; null forgets it.
    pub language: MaybeUndefined<LanguageTag>,
    /// What is in it, at most 5,000 characters; null forgets it.
    pub description: MaybeUndefined<String>,
    /// Under which licence it may be used; null forgets it.
    pub licence: MaybeUndefined<String>,
    /// True publishes it to those who see what it is about, or to those `shareWith` names; a published one is shown to as many as see what
    /// it is about now.
    #[graphql(default)]
    pub publish: bool,
    /// Who may see it: a city the thing belongs to, a pairing or a programme of that city. Narrowing hides it from the others at once, in
    /// lists, search, feeds and past events.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `updateDocument` answers.
    UpdateDocumentPayload {
        /// The document as it is now.
        document: Document
    }
);

/// The command.
pub struct Update {
    input: UpdateDocumentInput,
    id: Id<Document>,
}

impl Update {
    /// Reads the ids of the input.
    pub fn read(input: UpdateDocumentInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }

    /// The words of the input over those that are there.
    fn say(&self, document: &mut Row) -> Result<()> {
        let input = &self.input;
        if let Some(title) = &input.title {
            document.title = title.trim().to_owned();
        }
        if let Some(kind) = input.kind {
            document.document_kind = kind;
        }
        if !input.language.is_undefined() {
            document.language = input.language.as_opt_ref().flatten().map(|tag| tag.0.clone());
        }
        if !input.description.is_undefined() {
            document.description = kept(input.description.as_opt_ref().flatten());
        }
        if !input.licence.is_undefined() {
            document.licence = kept(input.licence.as_opt_ref().flatten());
        }
        let words = Words { title: &document.title, description: document.description.as_deref(), licence: document.licence.as_deref() };
        let refusals = check(&words, "input.");
        if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
    }
}

impl Command for Update {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let input = &self.input;
        let before = life::begin(tx, &UPDATE, self.id, None).await?;
        if input.publish {
            life::allows(tx, &PUBLISH, &before)?;
        }
        tx.expect(&before, input.expected_version)?;
        let mut after = before.clone();
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        self.say(&mut after)?;
        let is_draft = before.state == State::Draft;
        if input.publish || input.share_with.is_some() {
            let Some(parent) = about::parent_facts(tx, &before.about_kind, before.about).await? else {
                return refuse(Code::Forbidden, "", "You can't see what this document is about, so you can't share it.");
            };
            after.audience = sharing::below(tx, &parent, input.share_with.as_ref(), input.publish || !is_draft, "input.shareWith").await?;
        }
        if input.publish && is_draft {
            after.state = State::Published;
            after.published_on = Some(Json(tx.now().day()));
            after.published_at = tx.now();
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(self.id)
    }
}
