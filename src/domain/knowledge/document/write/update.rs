//! Changing what is said of a document, and publishing it.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{
    super::{
        Document,
        life::{PUBLISH, UPDATE},
        row::{DocumentKind, State},
    },
    input::kept_or_forgotten,
};
use crate::{
    base::{Code, Id, Result, refuse, refuse_if},
    domain::{about, sharing},
    kernel::life,
    payload,
    relay::{LanguageTag, Target, put},
    store::{Command, Json, Tx},
};

/// What `updateDocument` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDocumentInput {
    #[graphql(flatten)]
    pub target: Target<Document>,
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

payload!(
    /// What `updateDocument` answers.
    UpdateDocumentPayload {
        /// The document as it is now.
        document: Document
    }
);

impl Command for UpdateDocumentInput {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let before = life::begin_any_version(tx, &UPDATE, self.target.id()?).await?;
        if self.publish {
            life::allows(tx, &PUBLISH, &before)?;
        }
        tx.expect(&before, self.target.expected_version)?;
        let mut after = before.clone();
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        put(&mut after.title, self.title.as_ref().map(|title| title.trim().to_owned()));
        put(&mut after.document_kind, self.kind);
        self.language.clone().map_value(|tag| tag.0).update_to(&mut after.language);
        kept_or_forgotten(&self.description).update_to(&mut after.description);
        kept_or_forgotten(&self.licence).update_to(&mut after.licence);
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
