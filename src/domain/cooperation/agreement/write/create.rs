//! Beginning an agreement.
use async_graphql::{ID, InputObject};

use super::super::{Agreement, Row, version::Version};
use crate::{
    domain::{
        document::Document,
        pairing::{Held, Pairing},
    },
    kernel::prelude::write::*,
};

/// What `createAgreement` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateAgreementInput {
    /// The pairing whose members agree.
    pub pairing: ID,
    #[graphql(flatten)]
    pub new: New<Agreement>,
    /// Its text: a document about the pairing, where there is one yet.
    pub document: Option<ID>,
}

impl Command for CreateAgreementInput {
    type Output = Id<Agreement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Agreement>> {
        let pairing = Id::<Pairing>::parse(&self.pairing, "input.pairing")?;
        let document = refs::given::<Document>(self.document.as_ref(), "input.document")?;
        let held = Held::of(tx, pairing, "input.pairing").await?;
        let concern = held.concern();
        tx.may(Act::Write, &concern.owners)?;
        held.refuse_over("input.pairing")?;
        let first = Version { number: 1, document: document.map(Id::uuid), ..Version::default() };
        let mut row = new_row!(tx.id(), String::new(), concern.audience, {
            pairing,
            versions: Json(vec![first]),
            signatories: Json(concern.signatories),
            owners: Json(concern.owners),
        });
        self.new.fill(tx, &mut row, None).await?;
        let links = row.links();
        Ok(tx.create(row.derived(), &[links]).await?.id)
    }
}
