//! Changing what is said of a document, and publishing it.
use async_graphql::{ID, InputObject};

use super::super::{
    Document,
    life::{PUBLISH, UPDATE},
    row::{DocumentKind, State},
};
use crate::{
    domain::{about, sharing},
    kernel::{life, prelude::write::*},
};

/// What `updateDocument` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDocumentInput {
    #[graphql(flatten)]
    pub change: Change<Document>,
    /// What sort of document it is.
    pub kind: Option<DocumentKind>,
    /// The new address of a link: “https://” or “http://”, at most 2,000 characters. A file is changed by `replaceDocumentFile`.
    pub link: Option<String>,
    /// True publishes it to those who see what it is about, or to those `shareWith` names; a published one is shown to as many as see what
    /// it is about now.
    #[graphql(default)]
    pub publish: bool,
    /// Who may see it: a city the thing belongs to, a pairing or a programme of that city. Narrowing hides it from the others at once, in
    /// lists, search, feeds and past events.
    pub share_with: Option<ID>,
}

payload!(UpdateDocumentPayload { document: Document }, "What `updateDocument` answers.", "The document as it is now.");

impl Command for UpdateDocumentInput {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let before = life::begin_any_version(tx, &UPDATE, self.change.target.id()?).await?;
        if self.publish {
            life::allows(tx, &PUBLISH, &before)?;
        }
        tx.expect(&before, self.change.target.expected_version)?;
        let mut after = self.change.apply(tx, &before).await?;
        put(&mut after.document_kind, self.kind);
        if let Some(link) = &self.link {
            let told = "This document is a file, not a link; `replaceDocumentFile` gives it a new one.";
            refuse_if(before.link.is_none(), Code::BadInput, "input.link", told)?;
            after.link = Some(link.trim().to_owned());
        }
        let is_draft = before.state == State::Draft;
        if self.publish || self.share_with.is_some() {
            let Some(parent) = about::parent_facts(tx, &before.about_kind, before.about).await? else {
                return refuse(Code::Forbidden, "", "You can't see what this document is about, so you can't share it.");
            };
            after.audience = sharing::below(tx, &parent, self.share_with.as_ref(), self.publish || !is_draft, "input.shareWith").await?;
        }
        if self.publish && is_draft {
            after.state = State::Published;
            after.published_on = Some(Json(tx.now().day()));
            after.published_at = tx.now();
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
