//! Beginning an amendment.
use async_graphql::{ID, InputObject};

use super::super::{Agreement, life, version::Version};
use super::begin::begin;
use crate::{base::text::is_blank, domain::document::Document, kernel::prelude::write::*};

/// What `amendAgreement` takes.
#[derive(Clone, Debug, InputObject)]
pub struct AmendAgreementInput {
    #[graphql(flatten)]
    pub target: Target<Agreement>,
    /// What it changes, 1 to 2,000 characters; everyone who sees the pairing reads it.
    pub what: String,
    /// Its text: a document about the pairing, where there is one yet.
    pub document: Option<ID>,
}

impl Command for AmendAgreementInput {
    type Output = Id<Agreement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Agreement>> {
        let (before, _) = begin(tx, &life::AMEND, &self.target).await?;
        let document = refs::given::<Document>(self.document.as_ref(), "input.document")?;
        let what = self.what.trim();
        refuse_if(is_blank(what), Code::Required, "input.what", "Say what the amendment changes.")?;
        let mut after = before.clone();
        let number = after.versions.last().map_or(1, |newest| newest.number + 1);
        let what = Some(what.to_owned());
        after.versions.0.push(Version { number, document: document.map(Id::uuid), what, signatures: Vec::new() });
        let links = after.links();
        tx.change(&before, after.derived(), &[links]).await?;
        Ok(before.id)
    }
}
