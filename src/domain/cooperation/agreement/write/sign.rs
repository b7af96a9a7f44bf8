//! A member signs an agreement.
use async_graphql::{ID, InputObject};

use super::super::{Agreement, Row, life, version::Signature};
use super::begin::begin;
use crate::{
    base::text::{is_blank, said},
    domain::{organisation::Organisation, pairing::Party},
    kernel::{Living, prelude::write::*},
    relay::{DateValue, NodeType},
};

/// What `signAgreement` takes.
#[derive(Clone, Debug, InputObject)]
pub struct SignAgreementInput {
    #[graphql(flatten)]
    pub target: Target<Agreement>,
    /// The city or organisation that signs, which is a member of the pairing now and no observer.
    pub member: ID,
    /// The name of whoever signed, 1 to 300 characters.
    pub name: String,
    /// In what office they signed, up to 300 characters: “Mayor”.
    pub office: Option<String>,
    /// The day they signed; today where not given.
    pub signed_on: Option<DateValue>,
    /// The version they signed, by its number; the newest where not given.
    pub number: Option<i32>,
}

/// Whose people note the signature of this party: its own city's, or those who keep the organisation; and the officers of the programme.
async fn may_sign_for(tx: &Tx<'_>, row: &Row, party: Party) -> Done<()> {
    let programmes = row.owners.programmes.clone();
    match party {
        Party::City(city) => tx.may(Act::Write, &Owners { cities: vec![city], programmes }),
        Party::Organisation(id) => {
            let organisation: <Organisation as NodeType>::Row = tx.seen(Id::new(id), "input.member").await?;
            tx.may(Act::Write, &Owners { programmes, ..organisation.owners() })
        }
    }
}

impl Command for SignAgreementInput {
    type Output = Id<Agreement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Agreement>> {
        let (before, _) = begin(tx, &life::SIGN, &self.target).await?;
        let party = Party::read(&self.member, "input.member")?;
        let is_signatory = before.signatories.contains(&party);
        refuse_if(!is_signatory, Code::BadInput, "input.member", "It is no member of the pairing that signs; observers sign nothing.")?;
        may_sign_for(tx, &before, party).await?;
        let name = self.name.trim();
        refuse_if(is_blank(name), Code::Required, "input.name", "Say who signed.")?;
        let signature = Signature {
            party,
            name: Some(name.to_owned()),
            office: said(self.office.as_deref()),
            signed_on: Some(self.signed_on.map_or_else(|| tx.now().day(), |day| day.0)),
            recorded_by: tx.viewer().person,
            recorded_at: Some(tx.now()),
        };
        let mut after = before.clone();
        let number = self.number.unwrap_or_else(|| after.versions.last().map_or(1, |newest| newest.number));
        let Some(version) = after.versions.0.iter_mut().find(|version| version.number == number) else {
            return refuse(Code::BadInput, "input.number", format!("There is no version {number} of this agreement."));
        };
        // The same again is no news.
        let is_same =
            |other: &Signature| Signature { recorded_by: other.recorded_by, recorded_at: other.recorded_at, ..signature.clone() } == *other;
        if !version.signature(party).is_some_and(is_same) {
            version.sign(signature);
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}
