//! Changing what is told of an agreement.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::super::{Agreement, life, version::Version};
use super::begin::begin;
use crate::{domain::document::Document, kernel::prelude::write::*};

/// What `updateAgreement` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateAgreementInput {
    #[graphql(flatten)]
    pub change: Change<Agreement>,
    /// The text of its newest version, a document about the pairing; null where there is none yet. Of a version that somebody has signed only a missing one is
    /// added: for another text begin an amendment.
    pub document: MaybeUndefined<ID>,
    /// What its newest version changes in the one before, where that is an amendment that nobody has signed; 1 to 2,000 characters.
    pub what: Option<String>,
}

impl UpdateAgreementInput {
    fn put(&self, version: &mut Version) -> Done<()> {
        let is_signed = !version.signatures.is_empty();
        let stays = "What was signed stays as it was signed; begin an amendment for it (`amendAgreement`).";
        if !self.document.is_undefined() {
            let document = refs::given::<Document>(self.document.as_opt_ref().flatten(), "input.document")?.map(Id::uuid);
            let is_other = version.document.is_some() && document != version.document;
            refuse_if(is_signed && is_other, Code::WrongState, "input.document", stays)?;
            version.document = document;
        }
        if let Some(what) = &self.what {
            let what = what.trim();
            let is_other = version.what.as_deref() != Some(what);
            refuse_if(is_signed && is_other, Code::WrongState, "input.what", stays)?;
            version.what = Some(what.to_owned()).filter(|what| !what.is_empty());
        }
        Ok(())
    }
}

impl Command for UpdateAgreementInput {
    type Output = Id<Agreement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Agreement>> {
        let (before, _) = begin(tx, &life::UPDATE, &self.change.target).await?;
        let mut after = self.change.apply(tx, &before).await?;
        if let Some(newest) = after.versions.0.last_mut() {
            self.put(newest)?;
        }
        let links = after.links();
        tx.change(&before, after.derived(), &[links]).await?;
        Ok(before.id)
    }
}
